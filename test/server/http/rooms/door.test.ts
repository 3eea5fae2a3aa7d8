import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { BlobStore } from "../../../../server/blobs/blob-store.ts";
import { WeftError } from "../../../../shared/errors.ts";
import type { RoomName, UserId } from "../../../../shared/ids.ts";
import { emptyPreview } from "../../../../shared/preview.ts";
import { knockMsMax } from "../../../../shared/room-access.ts";
import { clockStartMs } from "../../../fixtures/manual-clock.ts";
import { createGarden, garden, type Person, statusOf } from "../../../fixtures/people/garden.ts";
import { Browser } from "../../../fixtures/people/test-app.ts";
import { dropFolder, makeFolder } from "../../../fixtures/project.ts";
import { roomNamed } from "../../../fixtures/stored.ts";

type Garden = Awaited<ReturnType<typeof createGarden>>;

let house: Garden["house"];
let ann: Person;
let ben: Person;
let plant: Garden["plant"];
let patch: Garden["patch"];
let makeLink: Garden["makeLink"];
let newPerson: Garden["newPerson"];

beforeEach(async () => {
	({ house, ann, ben, plant, patch, makeLink, newPerson } = await createGarden());
});

describe("who waits before a door", () => {
	const knock = async (person: Person) =>
		(await (await person.browser.send("POST", "/api/rooms/garden/knock")).json()).state;
	const waiting = async () => (await ann.access())["managed"] as { waiting: unknown };

	test("is let in by who may, and seen until they ask no more", async () => {
		await plant();
		await patch(ann, { entry: "knock" });
		expect(await statusOf(ben.browser.send("GET", "/api/rooms/garden/access"))).toBe(
			"403 must_knock",
		);
		const cleo = await newPerson("Cleo");
		expect([await knock(ben), await knock(cleo), await knock(ann)]).toEqual([
			...["waiting", "waiting"],
			"in",
		]);
		const names = [
			{ id: ben.id, name: "Ben" },
			{ id: cleo.id, name: "Cleo" },
		];
		expect(await waiting()).toMatchObject({ waiting: names });
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "editor" });
		expect(await knock(ben)).toBe("in");
		const members = [{ ...names[0], role: "editor", isMuted: false }];
		expect(await waiting()).toMatchObject({ waiting: [names[1]], members });
		house.clock.advance(knockMsMax - 1);
		await knock(cleo);
		house.clock.advance(knockMsMax - 1);
		expect(await waiting()).toMatchObject({ waiting: [names[1]] });
		house.clock.advance(1);
		expect(await waiting()).toMatchObject({ waiting: [] });
	});

	test("are new arrivals only: who is in stays what they are", async () => {
		await plant();
		const cleo = await newPerson("Cleo");
		await ann.browser.send("PUT", `/api/rooms/garden/members/${cleo.id}`, { isMuted: true });
		house.here.push(
			...[ann, ben, cleo].map(({ id }) => ({ id, name: "Somebody", color: "#112233" })),
		);
		await patch(ann, { entry: "commenter" });
		await patch(ann, { entry: "knock" });
		expect([await knock(ben), await knock(cleo), await knock(await newPerson("Dora"))]).toEqual([
			...["in", "in"],
			"waiting",
		]);
		const role = "commenter";
		expect((await ann.access())["managed"]).toMatchObject({
			members: [
				{ id: ben.id, role, isMuted: false },
				{ id: cleo.id, role, isMuted: true },
			],
		});
	});

	test("are few from one network, so that others find a place", async () => {
		await plant();
		await patch(ann, { entry: "knock" });
		const comer = (index: number, network: string) => {
			const person = { id: `g_comer${index}` as UserId, name: "Comer" };
			return { userId: person.id, login: null, name: garden, person, network };
		};
		const ask = (index: number, network: string) => house.rights.knock(comer(index, network));
		for (let index = 0; index < 50; index++) await ask(index, "192.0.2.1");
		await expect(ask(50, "192.0.2.1")).rejects.toMatchObject({ code: "server_full" });
		expect(await ask(0, "192.0.2.1")).toEqual({ state: "waiting" });
		expect(await ask(51, "192.0.2.2")).toEqual({ state: "waiting" });
		house.clock.advance(knockMsMax);
		expect(await ask(50, "192.0.2.1")).toEqual({ state: "waiting" });
	});

	test("is told where asking is no use", async () => {
		await plant();
		await patch(ann, { entry: "closed" });
		expect(await knock(ben)).toBe("out");
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "out" });
		await patch(ann, { entry: "knock" });
		expect(await knock(ben)).toBe("out");
	});

	test("is the same person at every knock, also without a cookie before", async () => {
		await plant();
		await patch(ann, { entry: "knock" });
		const browser = new Browser(house);
		for (let time = 0; time < 3; time++) await browser.send("POST", "/api/rooms/garden/knock");
		expect((await waiting()).waiting).toHaveLength(1);
	});

	test("is told of to the room, when they come and when they are let in", async () => {
		await plant();
		await patch(ann, { entry: "knock" });
		house.changed.length = 0;
		for (let time = 0; time < 3; time++) await knock(ben);
		expect([house.knocked, house.changed]).toEqual([["garden"], []]);
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "viewer" });
		expect([house.knocked, house.changed]).toEqual([["garden", "garden"], ["garden"]]);
	});
});

describe("the list of rooms", () => {
	test("has what gives something to who asks, and says what they are there", async () => {
		await plant();
		const listed = async (person: Person) =>
			(await person.browser.read("/api/rooms?name=garden")).rooms.map(
				({ name, role }: { name: RoomName; role: string }) => `${name} ${role}`,
			);
		expect([await listed(ann), await listed(ben)]).toEqual([["garden owner"], ["garden editor"]]);
		for (const entry of ["closed", "knock"]) {
			await patch(ann, { entry });
			expect([await listed(ann), await listed(ben)]).toEqual([["garden owner"], []]);
		}
		await patch(ann, { entry: "viewer" });
		expect(await listed(ben)).toEqual(["garden viewer"]);
		await ann.browser.send("POST", "/api/rooms/garden/bin");
		expect([await listed(ann), await listed(ben)]).toEqual([["garden owner"], []]);
		expect(await ann.browser.read("/api/rooms/garden")).toMatchObject({ binnedAtMs: clockStartMs });
		expect(await statusOf(ben.browser.send("GET", "/api/rooms/garden"))).toBe("404 room_binned");
		await ann.browser.send("POST", "/api/rooms/garden/restore");
		expect(await listed(ben)).toEqual(["garden viewer"]);
	});
});

test("a room of whose access nothing can be read hides no others, and is told of", async () => {
	const shed = roomNamed("shed");
	await plant();
	await house.records.putRoom({
		...{ name: shed, kind: "guarded", madeAtMs: 1, changedAtMs: 2, preview: emptyPreview },
		madeBy: { id: ben.id, name: "Ben" },
	});
	const { access } = house.records;
	vi.spyOn(house.records, "access").mockImplementation((room) =>
		room === shed
			? Promise.reject(new WeftError("room_damaged"))
			: access.call(house.records, room),
	);
	for (const path of ["/api/rooms", "/api/rooms?name=garden&name=shed"]) {
		const { rooms } = await ben.browser.read(path);
		expect(rooms.map(({ name }: { name: RoomName }) => name)).toEqual(["garden"]);
	}
	expect(house.errors).toHaveLength(2);
	expect(await statusOf(ben.browser.send("GET", "/api/rooms/shed"))).toBe("500 room_damaged");
});

test("a list asks for each room once, and drives none out that somebody is in", async () => {
	await plant();
	await ben.access();
	for (let index = 0; index < 20; index++) {
		const name = roomNamed(`shed-${index}`);
		await house.records.putRoom({
			...{ name, kind: "guarded", madeAtMs: 1, changedAtMs: 2, preview: emptyPreview },
			madeBy: { id: ben.id, name: "Ben" },
		});
	}
	const read = vi.spyOn(house.records, "access");
	await ben.browser.read("/api/rooms");
	expect(read).toHaveBeenCalledTimes(20);
	await ben.browser.read("/api/rooms");
	expect(read).toHaveBeenCalledTimes(40);
});

test("a room whose name begins like a link is listed once", async () => {
	const name = roomNamed("~garden");
	await plant({ name });
	const { rooms } = await ben.browser.read("/api/rooms?name=~garden");
	expect(rooms.map((room: { name: RoomName }) => room.name)).toEqual([name]);
});

test("a photo whose sender was put out while it came is not kept", async () => {
	const folder = makeFolder();
	const whileItComes: (() => Promise<unknown>)[] = [];
	const unused = () => Promise.reject(new Error("not in this test"));
	const blobs: BlobStore = {
		...{ put: unused, open: unused, has: unused, remove: unused },
		dropTemp: (path) => rm(path, { force: true }),
		tempPath: () => join(folder, "photo"),
		hasSpaceFor: async () => {
			await Promise.all(whileItComes.map((act) => act()));
			return true;
		},
	};
	const images = { make: unused, close: unused };
	const home = await createGarden({ blobs, images });
	await home.plant();
	const send = (person: Person) =>
		person.browser.send("PUT", "/api/rooms/garden/photos/photo-of-this-test", "no picture");
	for (const [role, refusal] of [
		["viewer", "403 not_allowed"],
		["out", "403 put_out"],
	]) {
		await home.decide(home.ben.id, { role: "editor" });
		whileItComes.splice(0, 1, () => home.decide(home.ben.id, { role }));
		expect(await statusOf(send(home.ben))).toBe(refusal);
	}
	dropFolder(folder);
});

describe("the trail", () => {
	test("says who did what to whom, the newest first, and keeps a bounded number", async () => {
		await plant();
		await patch(ann, { entry: "viewer", least: { chat: "editor" }, presenter: ann.id });
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "out" });
		await patch(ann, { entry: "viewer" });
		const { id } = await makeLink("viewer");
		await ann.browser.send("DELETE", `/api/rooms/garden/links/${id}`);
		await ann.browser.send("POST", "/api/rooms/garden/bin");
		const { entries } = await ann.browser.read("/api/rooms/garden/audit");
		const by = { id: ann.id, name: "Ann" };
		expect(entries[0]).toEqual({ atMs: clockStartMs, by, act: "bin", about: null, to: "" });
		expect(entries[3]).toMatchObject({ act: "member", about: { id: ben.id }, to: "out" });
		const told = entries.map(({ act, to }: { act: string; to: string }) => `${act} ${to}`.trim());
		expect(told).toEqual([
			...["bin", "revoke viewer", "link viewer", "member out"],
			...["present", "least chat editor", "entry viewer", "own"],
		]);
		const trail = await house.records.audit(garden);
		const many = new Array(1_000).fill(trail[0]);
		await house.records.putAudit(garden, many);
		await patch(ann, { entry: "closed" });
		const kept = await house.records.audit(garden);
		expect([kept.length, kept.at(-1)?.to]).toEqual([1_000, "closed"]);
	});
});
