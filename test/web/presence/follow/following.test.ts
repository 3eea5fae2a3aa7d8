import { afterEach, expect, test } from "vitest";
import { followingOf } from "../../../../web/presence/follow/following.ts";
import { type CrowdClient, crowd } from "../crowd.ts";

let room: readonly CrowdClient[] = [];
afterEach(() => {
	for (const { awareness } of room) awareness.destroy();
});

function people<const Names extends readonly string[]>(...names: Names) {
	room = crowd(...names);
	for (const client of room) followingOf(client); // Each page has one from its start.
	return room as { readonly [Index in keyof Names]: CrowdClient };
}

const leaderOf = (client: CrowdClient) => followingOf(client).leader?.person.name ?? null;

test("each step of the leader is told, and those of others are not", () => {
	const [ann, ben, cleo] = people("Ann", "Ben", "Cleo");
	const steps: unknown[] = [];
	followingOf(ann).on("leader", () => {
		steps.push(followingOf(ann).leader?.tab?.state.surface ?? null);
	});
	ben.setPresence({ surface: "chat" });
	followingOf(ann).start(ben.me);
	cleo.setPresence({ surface: "photos" });
	ben.setPresence({ surface: "board" });
	followingOf(ann).stop();
	ben.setPresence({ surface: "photos" });
	expect(steps).toEqual(["chat", "board", null]);
});

test("who is followed knows it, once, until nobody follows any more", () => {
	const [ann, ben, cleo] = people("Ann", "Ben", "Cleo");
	const told: boolean[] = [];
	followingOf(cleo).on("followed", () => told.push(followingOf(cleo).isFollowed));
	followingOf(ann).start(cleo.me);
	followingOf(ben).start(cleo.me);
	followingOf(ann).stop();
	expect(told).toEqual([true]);
	ben.leave();
	expect(told).toEqual([true, false]);
});

test("a leader who leaves and comes back is followed on", () => {
	const [ann, ben] = people("Ann", "Ben");
	followingOf(ann).start(ben.me);
	ben.leave();
	expect(leaderOf(ann)).toBe("Ben");
	expect(followingOf(ann).leader?.tab).toBeNull();
	ben.awareness.setLocalState({ user: ben.me, surface: "photos" });
	expect(followingOf(ann).leader?.tab?.state.surface).toBe("photos");
});

test("of two who follow each other, the one leads who was followed first", () => {
	const [ann, ben] = people("Ann", "Ben");
	followingOf(ann).start(ben.me);
	followingOf(ben).start(ann.me);
	expect([leaderOf(ann), leaderOf(ben)]).toEqual([null, "Ann"]);
});

test("a circle of three is opened where it was closed", () => {
	const [ann, ben, cleo] = people("Ann", "Ben", "Cleo");
	followingOf(ann).start(ben.me);
	followingOf(ben).start(cleo.me);
	expect([leaderOf(ann), leaderOf(ben)]).toEqual(["Ben", "Cleo"]);
	followingOf(cleo).start(ann.me);
	expect(leaderOf(cleo)).toBe("Ann");
	expect([leaderOf(ann), leaderOf(ben)]).toEqual([null, "Cleo"]);
});

test("starting or stopping twice tells nothing twice", () => {
	const [ann, ben] = people("Ann", "Ben");
	followingOf(ann).stop();
	followingOf(ann).start(ben.me);
	followingOf(ann).start(ben.me);
	followingOf(ann).stop();
	followingOf(ann).stop();
	expect(ann.toldCount).toBe(2);
});
