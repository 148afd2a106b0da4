"""The screens, by what a person sees and presses."""
