import { expect, test } from "vitest";
import type { UserId } from "../../../../shared/ids.ts";
import { type AuditEntry, auditActs } from "../../../../shared/room-access.ts";
import { sayEntry } from "../../../../web/presence/access/audit-list.ts";

const by = { id: "g_ann" as UserId, name: "Ann" };
const ben = { id: "g_ben" as UserId, name: "Ben" };

function line(part: Partial<AuditEntry> & Pick<AuditEntry, "act">): AuditEntry {
	return { atMs: 0, by, about: null, to: "", ...part };
}

test.for([
	[line({ act: "entry", to: "knock" }), "whoever opens it waits to be let in"],
	[line({ act: "member", about: ben, to: "viewer" }), "Ann decided that Ben can look"],
	[line({ act: "member", about: ben, to: "" }), "Ann took back what was decided about Ben"],
	[line({ act: "member", about: ben, to: "out" }), "Ann put Ben out"],
	[line({ act: "present", about: by }), "Ann made Ann the presenter"],
	[line({ act: "present" }), "Ann ended the presenting"],
	[line({ act: "talk", to: "open" }), "Ann let others talk while one presents"],
	[line({ act: "talk", to: "closed" }), "Ann stopped others talking"],
	[line({ act: "hand", about: ben }), "Ann handed the room over to Ben"],
	[line({ act: "least", to: "chat editor" }), "Chat: editors only"],
	[line({ act: "least", to: "chat" }), "Chat: anyone whose role allows it"],
	[line({ act: "link", to: "editor" }), "Ann made a link: can edit"],
] as const)("%o is said in words", ([entry, words]) => {
	expect(sayEntry(entry)).toContain(words);
});

test("whatever else is in a trail is said too, also what is newer than this page", () => {
	for (const act of auditActs) {
		const said = sayEntry(line({ act, about: ben, to: "something new" }));
		expect(said).not.toMatch(/rights\.|\{/);
		expect(said).toContain("Ann");
	}
});
