import { expect, test } from "vitest";
import type { UserId } from "../../../../shared/ids.ts";
import { rowsOf } from "../../../../web/presence/access/person-rows.ts";
import type { PersonHere } from "../../../../web/presence/roster.ts";

const person = (name: string) => ({ id: `g_${name}` as UserId, name, color: "#1d63c9" });
const ann = person("Ann");

function here(name: string): PersonHere {
	const nothingElse = { surface: null, isIdle: false, hand: null, isFollower: false } as const;
	return { person: person(name), role: "editor", ...nothingElse };
}

function member(name: string, role: "viewer" | "out" | null, isMuted = false) {
	const { id } = person(name);
	return { id, name, role, isMuted };
}

test("who is here stands first, then who is known, who was put out last; none twice", () => {
	const members = [member("Cleo", "out"), member("Ben", "viewer", true), member("Dan", null)];
	const rows = rowsOf([here("Ben"), here("Eve")], { owner: ann, members }, ann);
	expect(rows.map(({ name }) => name)).toEqual(["Ben", "Eve", "Ann", "Dan", "Cleo"]);
	expect(rows[0]).toMatchObject({ role: "viewer", isMuted: true, isOwner: false, isMe: false });
	expect(rows[2]).toMatchObject({ role: null, isOwner: true, isMe: true });
	expect(rows[4]).toMatchObject({ role: "out", person: null });
});

test("an owner who is away stands there for who manages in their place", () => {
	const rows = rowsOf([], { owner: ann, members: [] }, person("Zoe"));
	expect(rows.map(({ name, isOwner }) => [name, isOwner])).toEqual([
		["Zoe", false],
		["Ann", true],
	]);
});

test("who decided or was decided about as a guest stands there once, as who they are now", () => {
	const signedIn = { ...person("Annie"), was: [ann.id] };
	const members = [member("Ann", "viewer"), member("Ben", null)];
	const rows = rowsOf([here("Ben")], { owner: ann, members }, signedIn);
	expect(rows).toHaveLength(2);
	expect(rows[1]).toMatchObject({ id: signedIn.id, name: "Annie", isOwner: true, isMe: true });
});
