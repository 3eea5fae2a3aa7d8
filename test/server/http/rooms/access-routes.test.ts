import { beforeEach, describe, expect, test } from "vitest";
import { mintRoomName, probeRoom, type RoomName, type UserId } from "../../../../shared/ids.ts";
import { emptyPreview } from "../../../../shared/preview.ts";
import { type Role, rightsOf, roles } from "../../../../shared/roles.ts";
import { aliasOf } from "../../../../shared/room-access.ts";
import { clockStartMs } from "../../../fixtures/manual-clock.ts";
import { countedBytes } from "../../../fixtures/people/accounts.ts";
import { createGarden, garden, type Person, statusOf } from "../../../fixtures/people/garden.ts";
import { Browser } from "../../../fixtures/people/test-app.ts";

/** As the button makes names. */
const made = "made-0123456789abcdefg" as RoomName;
const hourMs = 60 * 60 * 1000;

type Garden = Awaited<ReturnType<typeof createGarden>>;

let house: Garden["house"];
let ann: Person;
let ben: Person;
let plant: Garden["plant"];
let patch: Garden["patch"];
let makeLink: Garden["makeLink"];

beforeEach(async () => {
	({ house, ann, ben, plant, patch, makeLink } = await createGarden());
});

describe("a room's access", () => {
	test("is open in a room without an owner, where nobody may manage it", async () => {
		await house.records.putRoom({
			...{ name: garden, kind: "open", madeAtMs: 1, changedAtMs: 2, preview: emptyPreview },
			madeBy: { id: ann.id, name: "Ann" },
		});
		expect(await ben.access()).toEqual({
			role: "editor",
			acts: Object.entries(rightsOf("editor")).flatMap(([act, may]) => (may ? [act] : [])),
			isMuted: false,
			presenter: null,
			isTalkOpen: false,
			entry: "editor",
			isFree: false,
			binnedAtMs: null,
			managed: null,
		});
		expect(await statusOf(patch(ben, { entry: "closed" }))).toBe("403 not_allowed");
	});

	test("is the owner's to change, and is told to who may manage only", async () => {
		await plant();
		expect(await statusOf(patch(ben, { entry: "closed" }))).toBe("403 not_allowed");
		const change = { entry: "viewer", least: { board: "owner" }, presenter: ann.id };
		const changed = await (await patch(ann, change)).json();
		expect(changed).toMatchObject({
			...{ role: "owner", entry: "viewer", presenter: { id: ann.id } },
			managed: { owner: { id: ann.id, name: "Ann" }, least: { board: "owner" }, members: [] },
		});
		expect(await ben.access()).toMatchObject({ role: "viewer", acts: [], managed: null });
		house.changed.length = 0;
		const back = { entry: "editor", least: { board: null }, presenter: null };
		expect(await (await patch(ann, back)).json()).toMatchObject({ managed: { least: {} } });
		expect(await ben.access()).toMatchObject({ role: "editor", presenter: null });
		expect(house.changed).toEqual(["garden"]);
		await patch(ann, back);
		expect(house.changed).toEqual(["garden"]);
	});

	test("says whether others talk while one presents, until that is changed", async () => {
		await plant();
		await patch(ann, { presenter: ann.id, isTalkOpen: true });
		expect(await ben.access()).toMatchObject({ role: "editor", acts: ["chat"], isTalkOpen: true });
		await patch(ann, { presenter: null });
		await patch(ann, { presenter: ann.id });
		expect(await ben.access()).toMatchObject({ acts: ["chat"] });
		await patch(ann, { isTalkOpen: false });
		expect(await ben.access()).toMatchObject({ acts: [], isTalkOpen: false });
		const { entries } = await ann.browser.read("/api/rooms/garden/audit");
		const told = entries.map(({ act, to }: { act: string; to: string }) => `${act} ${to}`.trim());
		expect(told).toEqual([...["talk closed", "present", "present", "talk open", "present", "own"]]);
	});

	test("is nobody's in a new room, until somebody decides something or writes", async () => {
		expect(await ann.access()).toMatchObject({ role: "editor", isFree: true, managed: null });
		expect(await ben.access()).toMatchObject({ isFree: true });
		await makeLink("viewer");
		expect(await ann.access()).toMatchObject({ role: "owner", isFree: false });
		expect(await ben.access()).toMatchObject({ role: "editor", isFree: false });
		expect(await statusOf(patch(ben, { entry: "closed" }))).toBe("403 not_allowed");
		await house.rights.began(garden, { id: ben.id, name: "Ben" });
		expect(await ben.access()).toMatchObject({ role: "editor" });
		const trail = await ann.browser.read("/api/rooms/garden/audit");
		expect(trail.entries.map(({ act }: { act: string }) => act)).toEqual(["link", "own"]);
	});

	test("is theirs who pressed the button, whoever writes first", async () => {
		const path = `/api/rooms/${made}`;
		const claim = (person: Person) => person.browser.send("POST", `${path}/claim`);
		expect(await (await claim(ann)).json()).toMatchObject({
			...{ role: "owner", isFree: false, managed: { owner: { id: ann.id, name: "Ann" } } },
		});
		expect(house.changed).toEqual([made]);
		expect(await (await claim(ben)).json()).toMatchObject({ role: "editor", managed: null });
		await house.rights.began(made, { id: ben.id, name: "Ben" });
		expect(await (await claim(ann)).json()).toMatchObject({ role: "owner" });
		const { entries } = await ann.browser.read(`${path}/audit`);
		expect(entries).toMatchObject([{ act: "own", by: { name: "Ann" } }]);
		expect(house.changed).toEqual([made]);
	});

	test("is not claimed where others can guess it, by a link, or once somebody wrote", async () => {
		const claim = async (room: string, person: Person) =>
			(await person.browser.send("POST", `/api/rooms/${room}/claim`)).json();
		expect(await claim("garden", ann)).toMatchObject({ role: "editor", isFree: true });
		const link = await makeLink("editor");
		expect(await claim(aliasOf(link.id), ben)).toMatchObject({ role: "editor" });
		const record = { kind: "guarded", madeAtMs: 1, changedAtMs: 2, preview: emptyPreview } as const;
		await house.records.putRoom({ ...record, name: made, madeBy: { id: ben.id, name: "Ben" } });
		expect(await claim(made, ann)).toMatchObject({ role: "editor", isFree: false });
		expect(await house.records.access(made)).toBeNull();
	});

	test("is claimed as often as one may begin rooms, and no faster", async () => {
		const { house: slow, newPerson } = await createGarden({
			newRoomRate: { perSecond: 1, burst: 2 },
		});
		const cleo = await newPerson("Cleo");
		const random = countedBytes();
		const claim = () =>
			statusOf(cleo.browser.send("POST", `/api/rooms/${mintRoomName(random)}/claim`));
		expect([await claim(), await claim()]).toEqual([200, 200]);
		expect(await claim()).toBe("429 too_many_requests");
		slow.clock.advance(1_000);
		expect(await claim()).toBe(200);
	});

	test("of where pages measure is nobody's ever", async () => {
		await house.rights.began(probeRoom, { id: ann.id, name: "Ann" });
		await house.rights.began(garden, { id: "anyone" as UserId, name: "Guest" });
		expect(await ann.browser.read(`/api/rooms/${probeRoom}/access`)).toMatchObject({
			...{ role: "editor", isFree: false },
		});
		expect(await house.records.access(garden)).toBeNull();
	});

	test("is not changed by what is no change, nor from another page", async () => {
		await plant();
		const bodies = [{ entry: "owner" }, { least: { board: "out" } }, { presenter: "x" }, [], 7];
		for (const body of [...bodies, { isTalkOpen: "yes" }]) {
			expect(await statusOf(patch(ann, body))).toBe("400 bad_request");
		}
		const foreign = { origin: "https://evil.example", host: "weft.example" };
		const elsewhere = new Browser(house, foreign);
		for (const [name, value] of ann.browser.jar) elsewhere.jar.set(name, value);
		const changes: [string, string, unknown?][] = [
			["PATCH", "access", { entry: "closed" }],
			["PUT", `members/${ben.id}`, { role: "out" }],
			["DELETE", `members/${ben.id}`],
			["PUT", "owner", { id: ben.id }],
			["POST", "links", { role: "editor", expiresAtMs: null }],
			["DELETE", `links/${"x".repeat(22)}`],
			["POST", "bin"],
			["POST", "restore"],
			["POST", "claim"],
			["POST", "knock"],
		];
		for (const [method, path, body] of changes) {
			const answer = elsewhere.send(method, `/api/rooms/garden/${path}`, body);
			expect([path, await statusOf(answer)]).toEqual([path, "403 bad_origin"]);
		}
		expect(await ann.access()).toMatchObject({ entry: "editor", managed: { members: [] } });
		for (const [method, path, body] of changes.slice(0, -2)) {
			const answer = ben.browser.send(method, `/api/rooms/garden/${path}`, body);
			expect([path, await statusOf(answer)]).toEqual([path, "403 not_allowed"]);
		}
		expect(await statusOf(ben.browser.send("GET", "/api/rooms/garden/audit"))).toBe(
			"403 not_allowed",
		);
	});

	test("has names of rooms only", async () => {
		for (const name of ["a%2Fb", "%ff"]) {
			for (const path of ["access", "blobs/x/full"]) {
				const answer = ann.browser.send("GET", `/api/rooms/${name}/${path}`);
				expect(await statusOf(answer)).toBe("400 bad_room_name");
			}
			const photo = ann.browser.send("PUT", `/api/rooms/${name}/photos/photo-01`);
			expect(await statusOf(photo)).toBe("400 bad_room_name");
		}
	});
});

/** A body of which the end comes when a test lets it. */
function slowBody(body: unknown) {
	let end: () => void = () => undefined;
	const stream = new ReadableStream<Uint8Array>({
		start: (controller) => {
			const bytes = new TextEncoder().encode(JSON.stringify(body));
			controller.enqueue(bytes.subarray(0, -1));
			end = () => {
				controller.enqueue(bytes.subarray(-1));
				controller.close();
			};
		},
	});
	return { stream, end: () => end() };
}

describe("who asks when the body of a request has come", () => {
	const secret = { name: "Ann", password: "a long enough secret" };

	/** Ann has an account and changes her garden, slowly. */
	async function changeSlowly() {
		await house.accounts.add({ ...secret, isAdmin: false, invitation: null });
		await ann.browser.send("POST", "/api/login", secret);
		await plant();
		const { stream, end } = slowBody({ entry: "closed" });
		const cookie = [...ann.browser.jar].map(([name, value]) => `${name}=${value}`).join("; ");
		const answer = house.app.request("/api/rooms/garden/access", {
			...{ method: "PATCH", headers: { cookie }, body: stream, duplex: "half" },
		} as RequestInit);
		await new Promise((resolve) => setImmediate(resolve));
		return { answer, end };
	}

	test("is who asked", async () => {
		const { answer, end } = await changeSlowly();
		end();
		expect(await statusOf(answer)).toBe(200);
		expect(await ben.access().catch(() => null)).not.toMatchObject({ role: "editor" });
	});

	test("is nobody where they signed out meanwhile", async () => {
		const { answer, end } = await changeSlowly();
		await ann.browser.send("DELETE", "/api/login");
		end();
		expect(await statusOf(answer)).toBe("401 signed_out");
		expect(await ben.access()).toMatchObject({ role: "editor", entry: "editor" });
	});
});

describe("what each role may do over HTTP", () => {
	const asked: readonly (readonly [string, string, Role, unknown?])[] = [
		["GET", "", "viewer"],
		["GET", "/access", "viewer"],
		["POST", "/knock", "viewer"],
		["PUT", "/photos/photo-of-ben", "editor", {}],
		["PATCH", "/access", "owner", { entry: "editor" }],
		["PUT", "/members/g_cleo", "owner", { role: "viewer" }],
		["DELETE", "/members/g_cleo", "owner"],
		["POST", "/links", "owner", { role: "viewer", expiresAtMs: null }],
		["GET", "/audit", "owner"],
		["POST", "/bin", "owner"],
		["POST", "/restore", "owner"],
	];

	test.each(roles)("a %s what they may, and nothing else", async (role) => {
		await plant();
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role });
		await ann.browser.send("PUT", "/api/rooms/garden/members/g_cleo", { role: "out" });
		for (const [method, path, least, body] of asked) {
			const answer = await ben.browser.send(method, `/api/rooms/garden${path}`, body);
			const isAllowed = roles.indexOf(role) >= roles.indexOf(least);
			const isRefused = answer.status === 403;
			expect([path, isRefused], `${method} ${answer.status}`).toEqual([path, !isAllowed]);
		}
	});

	test.each(["knock", "closed"])("who is kept out by %s may not even look", async (entry) => {
		await plant();
		await patch(ann, { entry });
		for (const [method, path, , body] of asked.filter(([, path]) => path !== "/knock")) {
			const answer = ben.browser.send(method, `/api/rooms/garden${path}`, body);
			const code = entry === "knock" ? "403 must_knock" : "403 no_entry";
			expect([path, await statusOf(answer)]).toEqual([path, code]);
		}
	});
});

describe("members", () => {
	test("are let in, muted, put out and forgotten", async () => {
		await plant();
		const put = (body: unknown) =>
			ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, body);
		await put({ role: "commenter" });
		expect(await ben.access()).toMatchObject({ role: "commenter", acts: ["chat"] });
		await put({ isMuted: true });
		expect(await ben.access()).toMatchObject({ role: "commenter", isMuted: true, acts: [] });
		await put({ role: "out" });
		expect(await statusOf(ben.browser.send("GET", "/api/rooms/garden/access"))).toBe("403 put_out");
		const { members } = (await ann.access())["managed"] as { members: unknown };
		expect(members).toEqual([{ id: ben.id, name: "", role: "out", isMuted: true }]);
		await ann.browser.send("DELETE", `/api/rooms/garden/members/${ben.id}`);
		expect(await ben.access()).toMatchObject({ role: "editor", isMuted: false });
		expect(await statusOf(put({ role: "king" }))).toBe("400 bad_request");
		const owner = ann.browser.send("PUT", `/api/rooms/garden/members/${ann.id}`, { role: "out" });
		expect(await statusOf(owner)).toBe("400 bad_request");
		const twice = ann.browser.send("DELETE", `/api/rooms/garden/members/${ben.id}`);
		expect(await statusOf(twice)).toBe("404 not_found");
	});

	test("who are made owners may manage the room, until they are not", async () => {
		await plant();
		const put = (role: string) =>
			ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role });
		await put("owner");
		expect(await statusOf(patch(ben, { entry: "viewer" }))).toBe(200);
		await put("editor");
		expect(await statusOf(patch(ben, { entry: "editor" }))).toBe("403 not_allowed");
	});

	test("sign in and stay what they were; the owner too", async () => {
		await plant();
		const password = "correct horse";
		for (const [name, person] of [
			["anna", ann],
			["benno", ben],
		] as const) {
			await house.accounts.add({ name, password, isAdmin: false, invitation: null });
			if (person === ben) {
				await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "viewer" });
			}
			expect((await person.browser.send("POST", "/api/login", { name, password })).status).toBe(
				200,
			);
		}
		expect(await ann.access()).toMatchObject({ role: "owner" });
		expect(await ben.access()).toMatchObject({ role: "viewer" });
	});
});

describe("a link", () => {
	test("gives its role, whatever the address gives, and never tells the room's name", async () => {
		await plant();
		await patch(ann, { entry: "closed" });
		const alias = aliasOf((await makeLink("viewer")).id);
		expect(await statusOf(ben.browser.send("GET", "/api/rooms/garden"))).toBe("403 no_entry");
		const texts: string[] = [];
		for (const path of [
			`/api/rooms/${alias}`,
			`/api/rooms/${alias}/access`,
			`/api/rooms?name=${alias}&name=garden`,
		]) {
			const answer = await ben.browser.send("GET", path);
			expect(answer.status).toBe(200);
			texts.push(await answer.text());
		}
		expect(texts.join()).not.toContain("garden");
		expect(JSON.parse(texts[0] ?? "")).toMatchObject({ name: alias, role: "viewer" });
		expect(JSON.parse(texts[1] ?? "")).toMatchObject({ role: "viewer", acts: [], managed: null });
		expect(JSON.parse(texts[2] ?? "").rooms).toMatchObject([{ name: alias, role: "viewer" }]);
		expect(await statusOf(ben.browser.send("POST", `/api/rooms/${alias}/knock`))).toBe(200);
	});

	test("that is revoked, too old or was never made is answered the same", async () => {
		await plant();
		const { id } = await makeLink("editor");
		const short = await makeLink("editor", clockStartMs + hourMs);
		const path = (link: string) => `/api/rooms/~${link}/access`;
		expect(await statusOf(ben.browser.send("GET", path(short.id)))).toBe(200);
		await ann.browser.send("DELETE", `/api/rooms/garden/links/${id}`);
		house.clock.advance(hourMs);
		const over = [id, short.id, "x".repeat(22)];
		for (const link of over) {
			expect(await statusOf(ben.browser.send("GET", path(link)))).toBe("403 link_over");
		}
		expect((await ann.access())["managed"]).toMatchObject({ links: [] });
		await ann.browser.send("PUT", `/api/rooms/garden/members/${ben.id}`, { role: "commenter" });
		expect(await ben.browser.read(path(id))).toMatchObject({ role: "commenter" });
	});

	test("lets nobody make the room theirs", async () => {
		const alias = aliasOf((await makeLink("editor")).id);
		const answer = ben.browser.send("PATCH", `/api/rooms/${alias}/access`, { entry: "closed" });
		expect(await statusOf(answer)).toBe("403 not_allowed");
		expect(await ben.browser.read(`/api/rooms/${alias}/access`)).toMatchObject({ isFree: false });
	});

	test("gives nobody a room to own, and there are only so many", async () => {
		await plant();
		const path = "/api/rooms/garden/links";
		const owner = ann.browser.send("POST", path, { role: "owner", expiresAtMs: null });
		expect(await statusOf(owner)).toBe("400 bad_request");
		for (let index = 0; index < 100; index++) await makeLink("viewer");
		const more = ann.browser.send("POST", path, { role: "viewer", expiresAtMs: null });
		expect(await statusOf(more)).toBe("409 room_full");
	});
});
