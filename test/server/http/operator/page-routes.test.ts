/** Who runs the server and everybody else, at the addresses of its page. */
import { beforeEach, describe, expect, test } from "vitest";
import { type HostTokens, HostTokens as Tokens } from "../../../../server/auth/host-token.ts";
import { anyone, probeRoom } from "../../../../shared/ids.ts";
import { pageRowsMax } from "../../../../shared/operator.ts";
import { emptyPreview } from "../../../../shared/preview.ts";
import { garden, statusOf } from "../../../fixtures/people/garden.ts";
import { hostSecret, mintToken } from "../../../fixtures/people/host.ts";
import { Browser } from "../../../fixtures/people/test-app.ts";
import { roomNamed } from "../../../fixtures/stored.ts";
import { createHouse, password } from "./house.ts";

let house: Awaited<ReturnType<typeof createHouse>>;

beforeEach(async () => {
	house = await createHouse();
});

/** Every route below `/api/admin`, with something in the place of each name. */
function routes(): (readonly [method: string, path: string])[] {
	const { app } = house.house;
	const ours = app.routes.filter(
		({ method, path }) => path.startsWith("/api/admin/") && method !== "ALL",
	);
	return ours.map(({ method, path }) => [
		method,
		path.replace(":room", "garden").replace(":id", house.ada.id),
	]);
}

const bodyOf = (method: string) => (method === "GET" ? undefined : {});
const list = async (query = "") => house.olga.browser.read(`/api/admin/rooms?${query}`);
const names = async (query = "") =>
	(await list(query)).rows.map(({ name }: { name: string }) => name);
/** What was decided in a room, but for whose it became. */
const trail = async (room = garden) =>
	(await house.house.records.audit(room)).filter(({ act }) => act !== "own");

describe("who does not run the server", () => {
	test("finds at each of its addresses what is at an address that is none", async () => {
		await house.plant();
		const stranger = new Browser(house.house);
		expect(routes().length).toBeGreaterThanOrEqual(11);
		for (const [method, path] of routes()) {
			for (const browser of [stranger, house.ann.browser, house.ada.browser]) {
				expect(
					await statusOf(browser.send(method, path, bodyOf(method))),
					`${method} ${path}`,
				).toBe("404 not_found");
			}
		}
		expect(await trail()).toEqual([]);
		expect(house.house.operated.closed).toEqual([]);
		expect(house.house.operated.notes).toEqual([]);
		expect(house.house.accounts.find(house.ada.id)?.logins).toHaveLength(1);
	});

	test("is asked to sign in where only who does comes in", async () => {
		house = await createHouse({ hasGuests: false });
		const stranger = new Browser(house.house);
		for (const [method, path] of routes()) {
			expect(await statusOf(stranger.send(method, path, bodyOf(method)))).toBe("401 not_signed_in");
			expect(await statusOf(house.ada.browser.send(method, path, bodyOf(method)))).toBe(
				"404 not_found",
			);
		}
	});

	test("is not made that by a host's token, whatever it claims", async () => {
		const hostTokens: HostTokens | null = Tokens.of(hostSecret, house.house.clock);
		house = await createHouse({ hostTokens });
		const exp = Math.ceil(house.house.clock.now() / 1000) + 600;
		const claims = { user: "1", name: "Olga", exp, rooms: { garden: "owner" }, isAdmin: true };
		const headers = { authorization: `Bearer ${mintToken(claims)}` };
		const host = new Browser(house.house, headers);
		for (const [method, path] of routes()) {
			const said = await statusOf(host.send(method, path, bodyOf(method)));
			expect(said, `${method} ${path}`).toBe("404 not_found");
		}
	});

	test("cannot have who does act by a page elsewhere", async () => {
		await house.plant();
		const elsewhere = new Browser(house.house, { origin: "https://evil.example" });
		for (const [name, value] of house.olga.browser.jar) elsewhere.jar.set(name, value);
		for (const [method, path] of routes().filter(([method]) => method !== "GET")) {
			expect(await statusOf(elsewhere.send(method, path, {}))).toBe("403 bad_origin");
		}
		expect(house.house.accounts.find(house.ada.id)).not.toBeNull();
	});

	test("is that no more once their login is over", async () => {
		await house.house.accounts.endLogins("Olga");
		expect(await statusOf(house.olga.browser.send("GET", "/api/admin/rooms"))).toBe(
			"404 not_found",
		);
	});
});

describe("the list of rooms", () => {
	test("has one of each kind as its records say, and none that only the app asks for", async () => {
		await house.plant({ changedAtMs: 9, preview: { ...emptyPreview, title: "Roses" } });
		await house.build(roomNamed("shed"), { changedAtMs: 5 });
		await house.build(probeRoom, { changedAtMs: 8 });
		await house.olga.browser.send("POST", "/api/rooms/shed/bin");
		house.seat(house.ben.id, "Ben", [garden, roomNamed("unwritten")]);
		const { rows, ...counts } = await list();
		expect(counts).toEqual({ matchCount: 3, totalCount: 3, unmeasuredCount: 0 });
		const nobody = { id: "", name: "" };
		const anybody = { id: "anyone", name: "Guest" };
		const ann = { id: house.ann.id, name: "Ann" };
		const owned = { owner: ann, madeBy: ann, binnedAtMs: null };
		expect(rows).toEqual([
			{
				...{ name: "unwritten", title: "", kind: "open", owner: null, madeBy: nobody },
				...{ changedAtMs: null, sizeBytes: 1_009, people: 1, isOpen: true, binnedAtMs: null },
			},
			{
				...{ name: "garden", title: "Roses", kind: "guarded", ...owned },
				...{ changedAtMs: 9, sizeBytes: 1_006, people: 1, isOpen: true },
			},
			{
				...{ name: "shed", title: "", kind: "open", owner: null, madeBy: anybody },
				...{ changedAtMs: 5, sizeBytes: 1_004, people: 0, isOpen: false },
				binnedAtMs: house.house.clock.now(),
			},
		]);
	});

	test("calls a room as home does: by its first words, where nobody named it", async () => {
		const plan = { ...emptyPreview, excerpt: "Where does our water come from, and who pays?\nUs" };
		await house.build(roomNamed("a-name-of-22-letters--"), { preview: plan, changedAtMs: 9 });
		await house.build(roomNamed("water"), { preview: plan });
		const { rows } = await list();
		const titles = rows.map(({ title }: { title: string }) => title);
		expect(titles).toEqual(["Where does our water come from,…", ""]);
		expect(await names("words=water%20pays")).toEqual([]);
		expect(await names("words=our%20water")).toEqual(["a-name-of-22-letters--"]);
	});

	test("is in the order that is asked for, either way round", async () => {
		await house.build(roomNamed("a"), { changedAtMs: 2 });
		await house.build(roomNamed("long-name"), { changedAtMs: 3 });
		await house.build(roomNamed("Bee"), { changedAtMs: 1 });
		house.seat(house.ben.id, "Ben", [roomNamed("Bee")]);
		expect(await names()).toEqual(["long-name", "a", "Bee"]);
		expect(await names("isReversed=true")).toEqual(["Bee", "a", "long-name"]);
		expect(await names("order=name")).toEqual(["a", "Bee", "long-name"]);
		expect(await names("order=people")).toEqual(["Bee", "a", "long-name"]);
		await names("order=size");
		await house.house.operated.sizes.settled();
		expect(await names("order=size")).toEqual(["long-name", "Bee", "a"]);
		expect(await names("order=size&isReversed=true")).toEqual(["a", "Bee", "long-name"]);
	});

	test("is searched by title, name and owner, a word at a time", async () => {
		await house.plant({ preview: { ...emptyPreview, title: "Rosen im Mai" } });
		await house.build(roomNamed("shed"));
		expect(await names("words=mai%20ROSEN")).toEqual(["garden"]);
		expect(await names("words=ann")).toEqual(["garden"]);
		expect(await names("words=he")).toEqual(["shed"]);
		expect(await list("words=tulip")).toMatchObject({ rows: [], matchCount: 0, totalCount: 2 });
	});

	test("shows those in memory, or those in the bin", async () => {
		await house.plant();
		await house.build(roomNamed("shed"));
		house.seat(house.ben.id, "Ben", [garden]);
		await house.olga.browser.send("POST", "/api/rooms/shed/bin");
		expect(await names("choice=open")).toEqual(["garden"]);
		expect(await names("choice=binned")).toEqual(["shed"]);
	});

	test("comes a page at a time, and no room stands on two", async () => {
		const count = 2 * pageRowsMax + 3;
		for (let index = 0; index < count; index++) await house.build(roomNamed(`room-${index}`));
		const pages = [0, 1, 2].map((page) => names(`from=${page * pageRowsMax}`));
		const seen = (await Promise.all(pages)).map((page) => page.length);
		expect(seen).toEqual([pageRowsMax, pageRowsMax, 3]);
		expect(new Set((await Promise.all(pages)).flat()).size).toBe(count);
		expect(await names(`from=${count}`)).toEqual([]);
	});

	test.each([
		"from=-1",
		"from=1.5",
		"order=color",
		"choice=none",
		"isReversed=perhaps",
		`words=${"x".repeat(201)}`,
	])("is not asked for by %s", async (query) => {
		const answer = house.olga.browser.send("GET", `/api/admin/rooms?${query}`);
		expect(await statusOf(answer)).toBe("400 bad_request");
	});
});

describe("with a room", () => {
	const kick = (room = "garden") =>
		house.olga.browser.send("POST", `/api/admin/rooms/${room}/kick`);
	const close = (room = "garden") =>
		house.olga.browser.send("POST", `/api/admin/rooms/${room}/close`);

	test("it is given to another where its owner is gone, and the trail says by whom", async () => {
		await house.plant();
		const path = "/api/rooms/garden/owner";
		const hand = (id: string) => house.olga.browser.send("PUT", path, { id });
		expect(await (await hand(house.ada.id)).json()).toMatchObject({
			managed: { owner: { id: house.ada.id, name: "Ada" } },
		});
		expect(await statusOf(house.ada.browser.send("POST", "/api/rooms/garden/bin"))).toBe(200);
		expect((await trail()).at(0)).toMatchObject({
			...{ act: "hand", by: { name: "Olga", isOperator: true }, about: { name: "Ada" } },
		});
		expect((await list()).rows).toMatchObject([{ owner: { name: "Ada" } }]);
		expect(await statusOf(hand("g_made_up"))).toBe("404 not_found");
	});

	test("everybody is put out but its owner and who runs the server, with one line", async () => {
		await house.plant();
		house.seat(house.ann.id, "Ann", [garden]);
		house.seat(house.ben.id, "Ben", [garden]);
		house.seat(house.olga.id, "Olga", [garden], { isAdmin: true, isSignedIn: true });
		house.seat(anyone, "", [garden]);
		house.seat(house.ada.id, "Ada", [roomNamed("shed")]);
		expect(await (await kick()).json()).toEqual({ outCount: 2 });
		expect(await statusOf(house.ben.browser.send("GET", "/api/rooms/garden/access"))).toBe(
			"403 put_out",
		);
		expect(await house.ann.access()).toMatchObject({ role: "owner" });
		expect(await house.ada.browser.read("/api/rooms/garden/access")).toMatchObject({
			role: "editor",
		});
		const by = { id: house.olga.id, name: "Olga", isOperator: true };
		expect(await trail()).toMatchObject([{ by, act: "kick", about: null, to: "2" }]);
		expect(house.house.changed).toContain(garden);
	});

	test("an owner who signed in since is its owner still", async () => {
		await house.plant();
		await house.house.accounts.add({ name: "Anna", password, isAdmin: false, invitation: null });
		await house.ann.browser.send("POST", "/api/login", { name: "Anna", password });
		const { id } = await house.ann.browser.read("/api/me");
		house.seat(id, "Anna", [garden], { isSignedIn: true });
		expect(await (await kick()).json()).toEqual({ outCount: 0 });
		expect(await trail()).toEqual([]);
	});

	test("closing is told in its trail, then done; what is not in memory is not closed", async () => {
		await house.build(roomNamed("shed"));
		expect(await statusOf(close("shed"))).toBe("404 not_found");
		expect(await trail(roomNamed("shed"))).toEqual([]);
		house.seat(house.ben.id, "Ben", [roomNamed("shed")]);
		expect(await (await close("shed")).json()).toEqual({ peopleCount: 1 });
		expect(house.house.operated.closed).toEqual(["shed"]);
		const by = { id: house.olga.id, name: "Olga", isOperator: true };
		expect(await trail(roomNamed("shed"))).toMatchObject([{ by, act: "close", to: "1" }]);
		expect(await house.ben.browser.read("/api/rooms/shed/access")).toMatchObject({
			role: "editor",
		});
	});

	test("what an operator does as everybody who manages it is marked as theirs", async () => {
		await house.plant();
		await house.olga.browser.send("POST", "/api/rooms/garden/bin");
		await house.olga.browser.send("POST", "/api/rooms/garden/restore");
		await house.ann.browser.send("POST", "/api/rooms/garden/bin");
		const lines = (await trail()).map(({ by, act }) => [by.name, by.isOperator, act]);
		expect(lines).toEqual([
			["Olga", true, "bin"],
			["Olga", true, "restore"],
			["Ann", undefined, "bin"],
		]);
	});

	test("an operator in a room of their own is its owner there", async () => {
		await house.house.rights.began(roomNamed("office"), { id: house.olga.id, name: "Olga" });
		await house.olga.browser.send("PATCH", "/api/rooms/office/access", { entry: "closed" });
		expect(await trail(roomNamed("office"))).toMatchObject([
			{ by: { id: house.olga.id, name: "Olga" }, act: "entry" },
		]);
		expect((await trail(roomNamed("office")))[0]?.by.isOperator).toBeUndefined();
	});

	test("a name that is none is refused", async () => {
		expect(await statusOf(kick("%00"))).toBe("400 bad_room_name");
		expect(await statusOf(close("a%2Fb"))).toBe("400 bad_room_name");
	});
});

describe("people", () => {
	test("who are here are listed by name, in all rooms or in one", async () => {
		house.seat(house.ben.id, "Ben", [garden, roomNamed("shed")], { socketCount: 2 });
		house.seat(house.ada.id, "Ada", [roomNamed("shed")], { isSignedIn: true });
		const read = (query: string) => house.olga.browser.read(`/api/admin/people?${query}`);
		expect(await read("")).toMatchObject({
			rows: [
				{ name: "Ada", rooms: ["shed"], isSignedIn: true },
				{ name: "Ben", rooms: ["garden", "shed"], socketCount: 2 },
			],
			matchCount: 2,
		});
		expect((await read("room=garden")).rows).toMatchObject([{ name: "Ben" }]);
		expect((await read("words=ad")).rows).toMatchObject([{ name: "Ada" }]);
		expect((await read("room=attic")).rows).toEqual([]);
	});
});
