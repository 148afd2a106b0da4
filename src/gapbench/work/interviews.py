"""Who sits in the room together: the roles that the frameworks name, gathered into the interviews of a gap session.

The frameworks name some seventy roles, mostly each its own; a session has eight to fifteen interviews. So the document
controller of ISO 9001 and the configuration manager of CMMI are asked in one sitting. A role that is not in the table,
as in a catalog of one's own, is an interview of its own.
"""

from __future__ import annotations

INTERVIEWS: dict[str, tuple[str, ...]] = {
    "Top management": ("Top management", "Finance"),
    "Quality": ("Quality lead", "Quality assurance", "Lead internal auditor", "Auditees"),
    "Processes": (
        "Process owners",
        "Process group",
        "Function heads",
        "Line managers",
        "Objective owners",
        "Risk owners",
    ),
    "Sales and customers": ("Sales", "Customer service", "After-sales", "Communications"),
    "Project management": (
        "Project managers",
        "Programme managers",
        "Project owners",
        "Planners",
        "Estimators",
        "Team leads",
    ),
    "Engineering": (
        "Engineering",
        "Designers",
        "Design project lead",
        "Design or engineering manager",
        "Product management",
        "Requirements owners",
        "System engineers",
        "Software engineers",
        "Hardware engineers",
        "Machine learning engineers",
        "Production engineering",
        "NC programmers",
        "Toolmakers",
    ),
    "Documents and configuration": ("Document controller", "Configuration managers", "Change board", "Document users"),
    "Test and inspection": (
        "Quality control",
        "Testers",
        "Metrology",
        "Laboratory",
        "Incoming inspection",
        "Release authority",
        "Material review board",
    ),
    "Production and service": (
        "Operations manager",
        "Production",
        "Production or service supervisors",
        "Production planning",
        "Operators",
        "Special process owners",
        "Service staff",
        "Service managers",
        "Warehouse",
        "Packing",
        "Dispatch",
        "Logistics",
    ),
    "Purchasing": ("Purchasing", "Supplier quality", "Contractors"),
    "HR and training": ("HR", "Training"),
    "IT, safety and facilities": (
        "IT",
        "Security officer",
        "Safety officer",
        "Data owners",
        "Maintenance",
        "Facilities",
    ),
    "Environment": ("Environmental lead", "EHS", "Legal or site manager", "Site emergency team"),
    "Any employees": ("Any 3-5 employees",),
}

ANYBODY = "Nobody named"
"""The interview of what names no one."""

_INTERVIEW_OF = {role: name for name, roles in INTERVIEWS.items() for role in roles}
_PLACES = {name: place for place, name in enumerate(INTERVIEWS)}


def interviews_of(ask: tuple[str, ...]) -> tuple[str, ...]:
    """The interviews in which something can be answered, first the one of who is named first."""
    return tuple(dict.fromkeys(_INTERVIEW_OF.get(role, role) for role in ask)) or (ANYBODY,)


def place_of(interview: str) -> tuple[int, str]:
    """By what interviews are put in order: as in the table, then by name, what names no one last."""
    return _PLACES.get(interview, len(_PLACES) + (interview == ANYBODY)), interview
