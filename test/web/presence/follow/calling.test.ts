import { afterEach, expect, test } from "vitest";
import { countCalls, newCalls } from "../../../../web/presence/follow/calling.ts";
import { type CrowdClient, crowd } from "../crowd.ts";

let room: readonly CrowdClient[] = [];
afterEach(() => {
	for (const { awareness } of room) awareness.destroy();
});

function people<const Names extends readonly string[]>(...names: Names) {
	room = crowd(...names);
	return room as { readonly [Index in keyof Names]: CrowdClient };
}

/** Names of who has called by what `client` sees now, of whom it knew `before`. */
function heardBy(client: CrowdClient, before: ReturnType<typeof countCalls>): string[] {
	return newCalls(before, client.people(), client.me.id).map(({ name }) => name);
}

test("a call is news once, and again when it is repeated", () => {
	const [ann, ben] = people("Ann", "Ben");
	const before = countCalls(ben.people());
	ann.setPresence({ calls: 1 });
	expect(heardBy(ben, before)).toEqual(["Ann"]);
	const after = countCalls(ben.people());
	ann.setPresence({ surface: "board" });
	expect(heardBy(ben, after)).toEqual([]);
	ann.setPresence({ calls: 2 });
	expect(heardBy(ben, after)).toEqual(["Ann"]);
});

test("who comes later hears nothing of calls before", () => {
	const [ann, ben] = people("Ann", "Ben");
	ann.setPresence({ calls: 3 });
	expect(heardBy(ben, new Map())).toEqual([]);
});

test("who may only look calls nobody, nor does a state that holds no number", () => {
	const [ann, ben, cleo] = people("Ann", "Ben", "Cleo");
	const before = countCalls(cleo.people());
	ann.setPresence({ calls: 1, user: { ...ann.me, role: "viewer" } });
	ben.setPresence({ calls: "9" as unknown as number });
	expect(heardBy(cleo, before)).toEqual([]);
});

test("what one does in another tab is no news", () => {
	const [ann, ben] = people("Ann", "Ben");
	const before = countCalls(ben.people());
	ann.setPresence({ calls: 1, user: ben.me });
	expect(heardBy(ben, before)).toEqual([]);
});
