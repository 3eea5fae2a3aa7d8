import { afterEach, expect, test } from "vitest";
import { newHands, sayHands } from "../../../web/presence/hand-news.ts";
import { hereOf } from "../../../web/presence/here.ts";
import type { PersonHere } from "../../../web/presence/roster.ts";
import { type CrowdClient, crowd } from "./crowd.ts";

let room: readonly CrowdClient[] = [];
afterEach(() => {
	for (const { awareness } of room) awareness.destroy();
});

function people<const Names extends readonly string[]>(...names: Names) {
	room = crowd(...names);
	return room as { readonly [Index in keyof Names]: CrowdClient };
}

const handsSeenBy = (client: CrowdClient) =>
	hereOf(client).people.flatMap(({ person, hand }) => (hand === null ? [] : [person.name]));

test("hands stand in the order in which they were raised, whatever the names", () => {
	const [ann, ben, cleo] = people("Ann", "Ben", "Cleo");
	hereOf(cleo).toggleHand();
	hereOf(ann).toggleHand();
	expect(handsSeenBy(ben)).toEqual(["Cleo", "Ann"]);
	hereOf(ben).toggleHand();
	expect(handsSeenBy(cleo)).toEqual(["Ann", "Ben"]);
	hereOf(cleo).toggleHand();
	expect(handsSeenBy(ben)).toEqual(["Ann"]);
	hereOf(cleo).toggleHand();
	expect(handsSeenBy(ann)).toEqual(["Ben", "Cleo"]);
});

test("what changes no face is told to nobody", () => {
	const [ann, ben] = people("Ann", "Ben");
	let changes = 0;
	hereOf(ann).onChange(() => changes++);
	ben.setPresence({ pointer: { x: 1, y: 2 } });
	ben.setPresence({ pointer: { x: 3, y: 4 } });
	expect(changes).toBe(0);
	ben.setPresence({ surface: "chat" });
	expect(changes).toBe(1);
	hereOf(ann).toggleHand();
	expect(changes).toBe(2);
	expect(hereOf(ann).isHandUp).toBe(true);
});

const here = (name: string, hand: number | null): PersonHere => ({
	person: { id: name, name, color: "#0b6b5d" },
	role: "editor",
	surface: null,
	isIdle: false,
	hand,
	isFollower: false,
});

test("a hand is news where its owner was here with the hand down", () => {
	const before = [here("Ann", null), here("Ben", 1)];
	const now = [here("Ben", 1), here("Ann", 2), here("Cleo", 3)];
	expect(newHands(before, now).map(({ person }) => person.name)).toEqual(["Ann"]);
	expect(newHands(now, before)).toEqual([]);
});

test("one hand is told by name, more of them by the last name and their number", () => {
	expect(sayHands([here("Ann", 1)], 1)).toBe("Ann raised a hand");
	expect(sayHands([here("Ben", 2), here("Cleo", 3)], 3)).toBe("Cleo raised a hand: 3 are up");
});
