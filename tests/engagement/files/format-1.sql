-- A file of format 1, as gapbench 0.1.0 made it; never changed. PRAGMA lines are no part of SQLite's dump.
PRAGMA application_id = 1197568066 ;
PRAGMA user_version = 1 ;
BEGIN TRANSACTION;
CREATE TABLE answer (
	catalog TEXT NOT NULL, 
	item TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	value TEXT NOT NULL, 
	note TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	flag INTEGER NOT NULL, 
	PRIMARY KEY (catalog, item, unit), 
	CONSTRAINT answer_flag CHECK (flag IN (0, 1))
)
 WITHOUT ROWID

;
INSERT INTO "answer" VALUES('tiny-cmmi','CM 1.1','falcon','FM','','',0);
INSERT INTO "answer" VALUES('tiny-cmmi','CM 1.1','heron','FM','','',0);
INSERT INTO "answer" VALUES('tiny-iso','8.1 a','','partial','Seen in one project only','',0);
INSERT INTO "answer" VALUES('tiny-iso','8.1 b','','na','','Nothing is bought',0);
CREATE TABLE change (
	step INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	table_name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	PRIMARY KEY (step, n), 
	FOREIGN KEY(step) REFERENCES step (seq)
)
 WITHOUT ROWID

;
INSERT INTO "change" VALUES(1,0,'profile','["client"]',NULL,'{"value":"Acme"}');
INSERT INTO "change" VALUES(1,1,'profile','["title"]',NULL,'{"value":"Gap analysis"}');
INSERT INTO "change" VALUES(1,2,'profile','["sites"]',NULL,'{"value":"Here"}');
INSERT INTO "change" VALUES(1,3,'profile','["in_scope"]',NULL,'{"value":""}');
INSERT INTO "change" VALUES(1,4,'profile','["out_of_scope"]',NULL,'{"value":""}');
INSERT INTO "change" VALUES(1,5,'profile','["dates"]',NULL,'{"value":""}');
INSERT INTO "change" VALUES(1,6,'profile','["team"]',NULL,'{"value":""}');
INSERT INTO "change" VALUES(1,7,'profile','["sponsor"]',NULL,'{"value":""}');
INSERT INTO "change" VALUES(1,8,'profile','["classification"]',NULL,'{"value":"Confidential"}');
INSERT INTO "change" VALUES(1,9,'profile','["sampling"]',NULL,'{"value":""}');
INSERT INTO "change" VALUES(2,0,'framework','["tiny-iso"]',NULL,'{"evaluation":1,"major_threshold":3,"position":0,"snapshot":"d81a8006e517c2661958bc5f032f8902debd5937e9078091b3028eea8e978964","target":0,"views":"[]"}');
INSERT INTO "change" VALUES(2,1,'framework','["tiny-cmmi"]',NULL,'{"evaluation":1,"major_threshold":3,"position":1,"snapshot":"877a3166e0dd5ce2c26ec7dc3330f6eb2ed5dabaf2775f95e42c368ef6705c3b","target":2,"views":"[\"DEV\"]"}');
INSERT INTO "change" VALUES(2,2,'unit','["falcon"]',NULL,'{"kind":"project","name":"Falcon","note":"","position":0}');
INSERT INTO "change" VALUES(2,3,'unit','["heron"]',NULL,'{"kind":"project","name":"Heron","note":"","position":1}');
INSERT INTO "change" VALUES(2,4,'unit','["school"]',NULL,'{"kind":"function","name":"School","note":"","position":2}');
INSERT INTO "change" VALUES(3,0,'answer','["tiny-iso","8.1 a",""]',NULL,'{"flag":0,"note":"Seen in one project only","reason":"","value":"partial"}');
INSERT INTO "change" VALUES(4,0,'answer','["tiny-cmmi","CM 1.1","falcon"]',NULL,'{"flag":0,"note":"","reason":"","value":"FM"}');
INSERT INTO "change" VALUES(4,1,'answer','["tiny-cmmi","CM 1.1","heron"]',NULL,'{"flag":0,"note":"","reason":"","value":"FM"}');
INSERT INTO "change" VALUES(5,0,'answer','["tiny-iso","8.1 b",""]',NULL,'{"flag":0,"note":"","reason":"Nothing is bought","value":"na"}');
INSERT INTO "change" VALUES(6,0,'finding','["f-1"]',NULL,'{"cause":"","cls":"minor","evidence":"","gap":"Heron has none","number":1,"requirement":"","status":"open"}');
INSERT INTO "change" VALUES(6,1,'finding_item','["f-1","tiny-iso","8.1 a"]',NULL,'{}');
INSERT INTO "change" VALUES(7,0,'answer','["tiny-iso","8.1 c",""]',NULL,'{"flag":1,"note":"","reason":"","value":""}');
INSERT INTO "change" VALUES(8,0,'answer','["tiny-iso","8.1 c",""]','{"flag":1,"note":"","reason":"","value":""}',NULL);
INSERT INTO "change" VALUES(9,0,'exclusion','["tiny-cmmi","SAM","falcon"]',NULL,'{"reason":"Buys nothing"}');
CREATE TABLE exclusion (
	catalog TEXT NOT NULL, 
	area TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (catalog, area, unit)
)
 WITHOUT ROWID

;
INSERT INTO "exclusion" VALUES('tiny-cmmi','SAM','falcon','Buys nothing');
CREATE TABLE finding (
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	cls TEXT NOT NULL, 
	requirement TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	gap TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	status TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT finding_number CHECK (number >= 1), 
	CONSTRAINT finding_cls CHECK (cls IN ('major', 'minor', 'ofi', 'observation', 'strength')), 
	CONSTRAINT finding_status CHECK (status IN ('open', 'closed'))
)
 WITHOUT ROWID

;
INSERT INTO "finding" VALUES('f-1',1,'minor','','','Heron has none','','open');
CREATE TABLE finding_item (
	finding TEXT NOT NULL, 
	catalog TEXT NOT NULL, 
	item TEXT NOT NULL, 
	PRIMARY KEY (finding, catalog, item)
)
 WITHOUT ROWID

;
INSERT INTO "finding_item" VALUES('f-1','tiny-iso','8.1 a');
CREATE TABLE framework (
	catalog TEXT NOT NULL, 
	snapshot TEXT NOT NULL, 
	views TEXT NOT NULL, 
	target INTEGER NOT NULL, 
	evaluation INTEGER NOT NULL, 
	major_threshold INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (catalog), 
	CONSTRAINT framework_target CHECK (target BETWEEN 0 AND 5), 
	CONSTRAINT framework_evaluation CHECK (evaluation IN (0, 1)), 
	CONSTRAINT framework_major_threshold CHECK (major_threshold >= 1)
)
 WITHOUT ROWID

;
INSERT INTO "framework" VALUES('tiny-cmmi','877a3166e0dd5ce2c26ec7dc3330f6eb2ed5dabaf2775f95e42c368ef6705c3b','["DEV"]',2,1,3,1);
INSERT INTO "framework" VALUES('tiny-iso','d81a8006e517c2661958bc5f032f8902debd5937e9078091b3028eea8e978964','[]',0,1,3,0);
CREATE TABLE judgement (
	catalog TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	value TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (catalog, subject)
)
 WITHOUT ROWID

;
CREATE TABLE profile (
	field TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (field)
)
 WITHOUT ROWID

;
INSERT INTO "profile" VALUES('classification','Confidential');
INSERT INTO "profile" VALUES('client','Acme');
INSERT INTO "profile" VALUES('dates','');
INSERT INTO "profile" VALUES('in_scope','');
INSERT INTO "profile" VALUES('out_of_scope','');
INSERT INTO "profile" VALUES('sampling','');
INSERT INTO "profile" VALUES('sites','Here');
INSERT INTO "profile" VALUES('sponsor','');
INSERT INTO "profile" VALUES('team','');
INSERT INTO "profile" VALUES('title','Gap analysis');
CREATE TABLE snapshot (
	sha TEXT NOT NULL, 
	catalog TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (sha)
);
INSERT INTO "snapshot" VALUES('d81a8006e517c2661958bc5f032f8902debd5937e9078091b3028eea8e978964','tiny-iso','{"format":"gapbench-catalog/1","id":"tiny-iso","title":"Tiny ISO","edition":"2015","family":"Tiny ISO","model":"conformity","revision":1,"principles":{},"views":[],"groups":[{"id":"8","title":"Operation"},{"id":"8.1","title":"Clause 1","parent":"8"},{"id":"8.2","title":"Clause 2","parent":"8"}],"items":[{"id":"8.1 a","group":"8.1","title":"Point 0","text":"Is 8.1 0 done?"},{"id":"8.1 b","group":"8.1","title":"Point 1","text":"Is 8.1 1 done?"},{"id":"8.1 c","group":"8.1","title":"Point 2","text":"Is 8.1 2 done?"},{"id":"8.2 a","group":"8.2","title":"Point 0","text":"Is 8.2 0 done?"},{"id":"8.2 b","group":"8.2","title":"Point 1","text":"Is 8.2 1 done?"},{"id":"8.2 c","group":"8.2","title":"Point 2","text":"Is 8.2 2 done?"}]}');
INSERT INTO "snapshot" VALUES('877a3166e0dd5ce2c26ec7dc3330f6eb2ed5dabaf2775f95e42c368ef6705c3b','tiny-cmmi','{"format":"gapbench-catalog/1","id":"tiny-cmmi","title":"Tiny CMMI","edition":"2.0","family":"Tiny CMMI","model":"practice_groups","revision":1,"levels":3,"principles":{},"views":[{"id":"DEV","title":"Development","areas":{"CM":2,"OT":2,"GOV":2,"SAM":2}},{"id":"SVC","title":"Services","areas":{"CM":2,"GOV":2}}],"groups":[{"id":"CM","title":"Configuration"},{"id":"OT","title":"Training","support":true},{"id":"GOV","title":"Governance","always":true},{"id":"SAM","title":"Suppliers","optional":true}],"items":[{"id":"CM 1.1","group":"CM","title":"Practice 1","text":"Is CM 1.1 done?","level":1},{"id":"CM 1.2","group":"CM","title":"Practice 2","text":"Is CM 1.2 done?","level":1},{"id":"CM 2.1","group":"CM","title":"Practice 1","text":"Is CM 2.1 done?","level":2},{"id":"CM 2.2","group":"CM","title":"Practice 2","text":"Is CM 2.2 done?","level":2},{"id":"OT 1.1","group":"OT","title":"Practice 1","text":"Is OT 1.1 done?","level":1},{"id":"OT 1.2","group":"OT","title":"Practice 2","text":"Is OT 1.2 done?","level":1},{"id":"OT 2.1","group":"OT","title":"Practice 1","text":"Is OT 2.1 done?","level":2},{"id":"OT 2.2","group":"OT","title":"Practice 2","text":"Is OT 2.2 done?","level":2},{"id":"GOV 1.1","group":"GOV","title":"Practice 1","text":"Is GOV 1.1 done?","level":1},{"id":"GOV 1.2","group":"GOV","title":"Practice 2","text":"Is GOV 1.2 done?","level":1},{"id":"GOV 2.1","group":"GOV","title":"Practice 1","text":"Is GOV 2.1 done?","level":2},{"id":"GOV 2.2","group":"GOV","title":"Practice 2","text":"Is GOV 2.2 done?","level":2},{"id":"SAM 1.1","group":"SAM","title":"Practice 1","text":"Is SAM 1.1 done?","level":1},{"id":"SAM 1.2","group":"SAM","title":"Practice 2","text":"Is SAM 1.2 done?","level":1},{"id":"SAM 2.1","group":"SAM","title":"Practice 1","text":"Is SAM 2.1 done?","level":2},{"id":"SAM 2.2","group":"SAM","title":"Practice 2","text":"Is SAM 2.2 done?","level":2}]}');
CREATE TABLE step (
	seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	parents TEXT NOT NULL, 
	at TEXT NOT NULL, 
	author TEXT NOT NULL, 
	device TEXT NOT NULL, 
	title TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	target TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT step_kind CHECK (kind IN ('do', 'undo', 'redo')), 
	CONSTRAINT step_target CHECK ((kind = 'do') = (target = '')), 
	UNIQUE (id)
);
INSERT INTO "step" VALUES(1,'63f34a22029d420dfc9b1aafa453c074a73b003fdabaddde630608f074467e09','[]','2026-11-21T09:00:07.000000+00:00','E. Gray','laptop','Start the engagement of Acme','do','');
INSERT INTO "step" VALUES(2,'ba94e7eb7c34e3586ae72392f15efd3434ff5e63835220186cf108b1360b02d9','["63f34a22029d420dfc9b1aafa453c074a73b003fdabaddde630608f074467e09"]','2026-11-21T09:00:14.000000+00:00','E. Gray','laptop','Set the scope','do','');
INSERT INTO "step" VALUES(3,'8ef1607d135a013aeb5e946a2c78cbd060bd651c98478bc01eff873deb3f5741','["ba94e7eb7c34e3586ae72392f15efd3434ff5e63835220186cf108b1360b02d9"]','2026-11-21T09:00:21.000000+00:00','E. Gray','laptop','Rate 8.1 a partial','do','');
INSERT INTO "step" VALUES(4,'c33729eb3823eb6dc50fa5181a707321c905ada25d5d5b27a40d1c866d4c08cb','["8ef1607d135a013aeb5e946a2c78cbd060bd651c98478bc01eff873deb3f5741"]','2026-11-21T09:00:28.000000+00:00','E. Gray','laptop','Rate CM 1.1 FM in 2 units','do','');
INSERT INTO "step" VALUES(5,'d2e6a5e9d6659a8c48ebf75aa692554c448faa854b1fb8b1461ca9b03c7a1ef9','["c33729eb3823eb6dc50fa5181a707321c905ada25d5d5b27a40d1c866d4c08cb"]','2026-11-21T09:00:35.000000+00:00','E. Gray','laptop','Rate 8.1 b not applicable','do','');
INSERT INTO "step" VALUES(6,'f9825e8995dfe2323b9f8339260e41d1774779b2aed7408e880c524aed09533a','["d2e6a5e9d6659a8c48ebf75aa692554c448faa854b1fb8b1461ca9b03c7a1ef9"]','2026-11-21T09:00:42.000000+00:00','E. Gray','laptop','Finding F-01 minor on 8.1 a','do','');
INSERT INTO "step" VALUES(7,'946bbad31f24552eed93f8ddd7ea880e3fd32423203ca5fb75df93cab674c1b1','["f9825e8995dfe2323b9f8339260e41d1774779b2aed7408e880c524aed09533a"]','2026-11-21T09:00:49.000000+00:00','E. Gray','laptop','Flag 8.1 c','do','');
INSERT INTO "step" VALUES(8,'e42bd835733af89e1c7a4fed697cef4847c37a79ec7c5d65573ae2aa3369b6b0','["946bbad31f24552eed93f8ddd7ea880e3fd32423203ca5fb75df93cab674c1b1"]','2026-11-21T09:00:56.000000+00:00','E. Gray','laptop','Took back: Flag 8.1 c','undo','946bbad31f24552eed93f8ddd7ea880e3fd32423203ca5fb75df93cab674c1b1');
INSERT INTO "step" VALUES(9,'beae480d66fad6d4e77ae7c0ea905df67b29e1a34eae24870d3bb84ad32f30b4','["e42bd835733af89e1c7a4fed697cef4847c37a79ec7c5d65573ae2aa3369b6b0"]','2026-11-21T09:01:03.000000+00:00','E. Gray','laptop','Leave out SAM for Falcon','do','');
CREATE TABLE unit (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	note TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT unit_id CHECK (id <> ''), 
	CONSTRAINT unit_kind CHECK (kind IN ('project', 'function', 'site'))
)
 WITHOUT ROWID

;
INSERT INTO "unit" VALUES('falcon','Falcon','project','',0);
INSERT INTO "unit" VALUES('heron','Heron','project','',1);
INSERT INTO "unit" VALUES('school','School','function','',2);
CREATE INDEX step_mentions ON step (target) WHERE target <> '';
CREATE INDEX change_row ON change (table_name, "key");
COMMIT;
