/** A room changes hands, over HTTP. */
import { beforeEach, describe, expect, test } from "vitest";
import { createGarden, type Person, statusOf } from "../../../fixtures/people/garden.ts";

type Garden = Awaited<ReturnType<typeof createGarden>>;

let house: Garden["house"];
let ann: Person;
let ben: Person;
let plant: Garden["plant"];
let patch: Garden["patch"];

beforeEach(async () => {
	({ house, ann, ben, plant, patch } = await createGarden());
});

describe("a room that is handed over", () => {
	const hand = (by: Person, id: string) =>
		by.browser.send("PUT", "/api/rooms/garden/owner", { id });

	test("is the other's then, who alone may hand it on; who had it still edits", async () => {
		await plant();
		await patch(ann, { entry: "closed" });
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, {
			...{ role: "viewer", isMuted: true },
		});
		house.changed.length = 0;
		const answer = await hand(ann, ben.id);
		expect(await answer.json()).toMatchObject({ role: "editor", managed: null });
		expect(house.changed).toEqual(["garden"]);
		expect(await ben.access()).toMatchObject({
			...{ role: "owner", isMuted: false },
			managed: {
				owner: { id: ben.id },
				members: [{ id: ann.id, name: "Ann", role: "editor", isMuted: false }],
			},
		});
		expect(await statusOf(hand(ann, ann.id))).toBe("403 not_allowed");
		expect(await statusOf(patch(ann, { entry: "editor" }))).toBe("403 not_allowed");
		const { entries } = await ben.browser.read("/api/rooms/garden/audit");
		expect(entries[0]).toMatchObject({ act: "hand", by: { name: "Ann" }, about: { id: ben.id } });
		expect(await statusOf(hand(ben, ann.id))).toBe(200);
		expect(await ann.access()).toMatchObject({ role: "owner" });
	});

	test("is not taken by who only helps to manage it", async () => {
		await plant();
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "owner" });
		expect(await statusOf(hand(ben, ben.id))).toBe("403 not_allowed");
		expect(await ann.access()).toMatchObject({ managed: { owner: { name: "Ann" } } });
	});

	test("goes to nobody who was put out, is nobody's, or was made up", async () => {
		await plant();
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "out" });
		expect(await statusOf(hand(ann, ben.id))).toBe("400 bad_request");
		expect(await statusOf(hand(ann, "anyone"))).toBe("400 bad_request");
		expect(await statusOf(hand(ann, "nobody"))).toBe("400 bad_request");
		expect(await statusOf(hand(ann, "g_made_up"))).toBe("404 not_found");
		expect(await statusOf(hand(ann, "no id at all"))).toBe("400 bad_request");
		expect(await statusOf(hand(ann, ann.id))).toBe(200);
		expect(await ann.access()).toMatchObject({ managed: { owner: { name: "Ann" } } });
		const { entries } = await ann.browser.read("/api/rooms/garden/audit");
		expect(entries.map(({ act }: { act: string }) => act)).toEqual(["member", "own"]);
	});

	test("stays theirs who signed in since, also from who they were before", async () => {
		await plant();
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "editor" });
		for (const [name, person] of [
			["anna", ann],
			["benno", ben],
		] as const) {
			const secret = { name, password: "correct horse" };
			await house.accounts.add({ ...secret, isAdmin: false, invitation: null });
			await person.browser.send("POST", "/api/login", secret);
		}
		expect(await statusOf(hand(ann, ben.id))).toBe(200);
		expect(await ben.access()).toMatchObject({ role: "owner" });
		expect(await ann.access()).toMatchObject({ role: "editor", managed: null });
	});
});
