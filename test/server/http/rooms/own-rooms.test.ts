import { beforeEach, expect, test } from "vitest";
import { createGarden, type Person } from "../../../fixtures/people/garden.ts";

const secret = { name: "Anna", password: "correct horse battery" };

type Garden = Awaited<ReturnType<typeof createGarden>>;

let world: Garden;

beforeEach(async () => {
	world = await createGarden({ isListing: false });
	await world.house.accounts.add({ ...secret, isAdmin: false, invitation: null });
});

/** Names of the rooms that somebody's home page gets on a device that names none. */
async function listedFor({ browser }: Person): Promise<string[]> {
	const { rooms } = (await browser.read("/api/rooms")) as {
		rooms: readonly { readonly name: string }[];
	};
	return rooms.map(({ name }) => name);
}

async function signIn(person: Person): Promise<void> {
	const answer = await person.browser.send("POST", "/api/login", secret);
	expect(answer.status).toBe(200);
}

test("who signed in finds their own rooms on another device", async () => {
	await world.plant();
	await signIn(world.ann);
	const elsewhere = await world.newPerson("Somebody");
	expect(await listedFor(elsewhere)).toEqual([]);
	await signIn(elsewhere);
	expect(await listedFor(elsewhere)).toEqual(["garden"]);
});

test("who was given a role finds the room too, and who was put out does not", async () => {
	await world.plant();
	await signIn(world.ben);
	const { id } = await world.ben.browser.read("/api/me");
	expect(await listedFor(world.ben)).toEqual([]);
	await world.decide(String(id), { role: "viewer", isMuted: false });
	expect(await listedFor(world.ben)).toEqual(["garden"]);
	await world.decide(String(id), { role: "out", isMuted: false });
	expect(await listedFor(world.ben)).toEqual([]);
});

test("a guest is shown what their device names, and nobody else's", async () => {
	await world.plant();
	expect(await listedFor(world.ben)).toEqual([]);
	expect(await listedFor(world.ann)).toEqual([]);
});
