import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Guest } from "../../../server/auth/guest.ts";
import type { createApp } from "../../../server/http/app.ts";
import type { MemoryRecords } from "../../../server/store/memory-records.ts";
import type { RoomRecord } from "../../../server/store/records.ts";
import { probeRoom, type RoomName } from "../../../shared/ids.ts";
import { emptyPreview } from "../../../shared/preview.ts";
import { createTestApp } from "../../fixtures/people/test-app.ts";

/** What the bundler makes, in short. */
const builtPage = `<!doctype html>
<html>
<head><title>Weft</title><link href="/assets/a.css"><script src="/assets/a.js"></script></head>
<body><a href="https://example.org/">Elsewhere</a></body>
</html>
`;

/** What the bundler writes of its files, in short. */
const firstFiles = {
	_base: { file: "assets/base.js", name: "base" },
	_room: { file: "assets/room.js", name: "room", imports: ["_base"], css: ["assets/room.css"] },
	_board: { file: "assets/board.js", name: "board", imports: ["_base"] },
};

let records: MemoryRecords;
let renamed: Guest[];
let errors: unknown[];
let app: ReturnType<typeof createApp>;

beforeEach(() => openApp({}));

async function openApp({ isListing = true, isAppKept = true, base = "/" }): Promise<void> {
	const webDir = mkdtempSync(join(tmpdir(), "weft-web-"));
	writeFileSync(join(webDir, "index.html"), builtPage);
	writeFileSync(join(webDir, "first-files.json"), JSON.stringify(firstFiles));
	writeFileSync(join(webDir, "sw.js"), "keep();");
	writeFileSync(join(webDir, "embed.js"), "frame();");
	writeFileSync(join(webDir, "sw-off.js"), "forget();");
	({ app, records, renamed, errors } = await createTestApp({
		...{ webDir, base, isListing, isAppKept },
		networkUrls: () => ["http://192.168.1.5:1234"],
		peopleIn: () => 3,
		metrics: async () => ({ type: "text/plain", text: "weft_rooms 1\n" }),
	}));
}

const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	app.request(path, { method: "PUT", body: JSON.stringify(body), headers });

describe("who am I", () => {
	test("a newcomer gets a name, and a cookie that brings it back", async () => {
		const first = await app.request("/api/me");
		const cookie = first.headers.get("set-cookie") ?? "";
		expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
		const me = await first.json();
		const again = await app.request("/api/me", {
			headers: { cookie: cookie.split(";")[0] ?? "" },
		});
		expect(await again.json()).toEqual(me);
		expect(again.headers.get("set-cookie")).toBeNull();
	});

	test("a newcomer who only looks at rooms, or makes a name for one, gets no cookie", async () => {
		for (const [method, path] of [
			["GET", "/api/rooms"],
			["GET", "/api/rooms/garden"],
			["POST", "/api/rooms"],
		] as const) {
			const response = await app.request(path, { method });
			expect(response.headers.get("set-cookie"), `${method} ${path}`).toBeNull();
		}
	});

	test("a newcomer who brings something gets a cookie", async () => {
		const response = await put("/api/rooms/garden/blobs/none", "x");
		expect(response.headers.get("set-cookie")).toMatch(/^weft_guest=/);
	});

	test("a new name is kept in the cookie and told to the open rooms", async () => {
		const answer = await put("/api/me", { name: "  Ann  ", color: "#0b6b5d" });
		expect(await answer.json()).toMatchObject({ name: "Ann", color: "#0b6b5d" });
		expect(renamed).toMatchObject([{ name: "Ann" }]);
	});

	test("who has a name that nobody chose, and somebody else has too, gets another", async () => {
		const first = await app.request("/api/me");
		const me = await first.json();
		const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
		const another = await (await put("/api/me", { isNamesake: true }, { cookie })).json();
		expect(another).toEqual({ ...me, name: another.name });
		expect(another.name).not.toBe(me.name);
		const chosen = await put("/api/me", { name: "Ann" }, { cookie });
		const herCookie = chosen.headers.get("set-cookie")?.split(";")[0] ?? "";
		const still = await put("/api/me", { isNamesake: true }, { cookie: herCookie });
		expect(await still.json()).toMatchObject({ name: "Ann" });
	});

	test("what is no name, no colour or no JSON is refused and changes nothing", async () => {
		for (const body of [{ name: " " }, { color: "red" }, { name: 5 }, [], "x"]) {
			const answer = await put("/api/me", body);
			expect(answer.status).toBe(400);
			expect(await answer.json()).toMatchObject({ error: { code: "bad_request" } });
		}
		const broken = await app.request("/api/me", { method: "PUT", body: "{" });
		expect(broken.status).toBe(400);
		const large = await put("/api/me", { name: "x".repeat(100_000) });
		expect(large.status).toBe(413);
		expect(renamed).toEqual([]);
	});

	test("a page of another place may change nothing", async () => {
		for (const origin of ["https://evil.example", "null", "http://localhost:9"]) {
			const answer = await put("/api/me", { name: "Eve" }, { origin, host: "localhost" });
			expect(answer.status, origin).toBe(403);
		}
		const looking = { method: "HEAD", headers: { origin: "https://evil.example", host: "h" } };
		expect((await app.request("/api/rooms", looking)).status).toBe(200);
		// A proxy that calls us by our inner name tells the outer one beside it.
		const proxied = { origin: "https://h", host: "127.0.0.1:1", "x-forwarded-host": "h" };
		expect((await put("/api/me", {}, proxied)).status).toBe(200);
		expect((await put("/api/me", {}, { ...proxied, origin: "https://h.evil" })).status).toBe(403);
		const twice = { ...proxied, "x-forwarded-host": "h, inner.h" };
		expect((await put("/api/me", {}, twice)).status).toBe(200);
		expect((await put("/api/me", {}, { ...twice, origin: "https://er.h" })).status).toBe(403);
		renamed.length = 0;
		const own = await put("/api/me", { name: "Ann" }, { origin: "http://h:1", host: "h:1" });
		expect(own.status).toBe(200);
		expect(renamed).toHaveLength(1);
	});
});

describe("rooms", () => {
	const record = (name: string, changedAtMs: number): RoomRecord => ({
		name: name as RoomName,
		kind: "guarded",
		madeAtMs: 1,
		madeBy: { id: "g_a" as RoomRecord["madeBy"]["id"], name: "Ann" },
		changedAtMs,
		preview: emptyPreview,
	});

	test("a new room has a name that nobody can guess, and leaves no trace", async () => {
		const answer = await app.request("/api/rooms", { method: "POST" });
		expect(answer.status).toBe(201);
		expect((await answer.json()).name).toMatch(/^[\w-]{22}$/);
		expect(await (await app.request("/api/rooms")).json()).toEqual({ rooms: [] });
	});

	test("are listed with the newest change first", async () => {
		await records.putRoom(record("old", 10));
		await records.putRoom(record("new", 30));
		await records.putRoom(record("mid", 20));
		const { rooms } = await (await app.request("/api/rooms")).json();
		expect(rooms.map(({ name }: RoomRecord) => name)).toEqual(["new", "mid", "old"]);
		expect(rooms[0]).toMatchObject({ people: 3, madeBy: { name: "Ann" } });
	});

	test("are shown only to those who can name them where listing is off", async () => {
		await openApp({ isListing: false });
		for (const name of ["ours", "theirs", "yours"]) await records.putRoom(record(name, 10));
		const names = async (query: string) => {
			const { rooms } = await (await app.request(`/api/rooms${query}`)).json();
			return rooms.map(({ name }: RoomRecord) => name);
		};
		expect(await names("")).toEqual([]);
		expect(await names("?name=ours&name=a/b&name=nobody&name=yours")).toEqual(["ours", "yours"]);
	});

	test("are listed without the one in which pages measure", async () => {
		for (const name of ["garden", probeRoom]) await records.putRoom(record(name, 10));
		const { rooms } = await (await app.request("/api/rooms")).json();
		expect(rooms.map(({ name }: RoomRecord) => name)).toEqual(["garden"]);
	});

	test("are found by their name, and refused in words", async () => {
		await records.putRoom(record("käse", 10));
		expect((await app.request("/api/rooms/k%C3%A4se")).status).toBe(200);
		expect((await app.request("/api/rooms/nobody")).status).toBe(404);
		const bad = await app.request("/api/rooms/a%5Cb");
		expect(await bad.json()).toMatchObject({ error: { code: "bad_room_name" } });
	});
});

describe("pages", () => {
	test("every page of the app is the one page, under a strict policy", async () => {
		for (const path of ["/", "/new", "/r/garden", "/r/garden/board", "/document/my-room/"]) {
			const answer = await app.request(path);
			expect(await answer.text(), path).toContain("<title>Weft</title>");
			const policy = answer.headers.get("content-security-policy") ?? "";
			expect(policy).toContain("default-src 'self'");
			expect(policy).not.toContain("unsafe");
			expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
			expect(answer.headers.get("cache-control")).toBe("no-cache");
		}
	});

	test("a missing asset or an unknown call of the API is no page", async () => {
		expect((await app.request("/assets/gone.js")).status).toBe(404);
		const unknown = await app.request("/api/nothing");
		expect(unknown.status).toBe(404);
		expect(await unknown.json()).toMatchObject({ error: { code: "not_found" } });
	});

	test("each time a browser asks for what keeps the app, or for what removes it", async () => {
		const kept = await app.request("/sw.js");
		expect(await kept.text()).toBe("keep();");
		expect(kept.headers.get("cache-control")).toBe("no-cache");
		expect(kept.headers.get("content-type")).toMatch(/javascript/);
		await openApp({ isAppKept: false });
		expect(await (await app.request("/sw.js")).text()).toBe("forget();");
	});

	test("a page of others may load the script that frames a board, and nothing else", async () => {
		const script = await app.request("/embed.js");
		expect(script.headers.get("access-control-allow-origin")).toBe("*");
		expect(script.headers.get("content-type")).toMatch(/javascript/);
		for (const path of ["/", "/sw.js", "/api/me", "/r/garden/board?only=board"]) {
			expect((await app.request(path)).headers.get("access-control-allow-origin")).toBeNull();
		}
	});

	test("nobody gets out of the app's directory", async () => {
		for (const path of ["/..%2f..%2fetc/passwd", "/%2e%2e/secret", "/assets/..%2f..%2fsecret"]) {
			const answer = await app.request(path);
			expect(await answer.text()).not.toContain("root:");
		}
	});
});

test("health, readiness and figures answer for those who watch", async () => {
	for (const path of ["/healthz", "/readyz"]) expect((await app.request(path)).status).toBe(200);
	expect(await (await app.request("/metrics")).text()).toContain("weft_rooms 1");
});

test("a failure of ours is told with its code and an id, and reported with that", async () => {
	const reported: [unknown, string | undefined][] = [];
	const failing = await createTestApp({
		reportError: (error, id) => reported.push([error, id]),
	});
	const cause = new Error("secret path");
	failing.records.room = () => Promise.reject(cause);
	const ids: string[] = [];
	for (let index = 0; index < 2; index++) {
		const answer = await failing.app.request("/api/rooms/garden");
		expect(answer.status).toBe(500);
		const text = await answer.text();
		expect(text).not.toContain("secret");
		const { error } = JSON.parse(text) as { error: Record<string, string> };
		expect(Object.keys(error).sort()).toEqual(["code", "id", "message"]);
		expect(error).toMatchObject({ code: "internal", id: expect.stringMatching(/^[\w-]{16}$/) });
		ids.push(error["id"] ?? "");
	}
	expect(reported).toEqual(ids.map((id) => [cause, id]));
	expect(new Set(ids).size).toBe(2);
});

test("a failure of the client's has no id, and nobody is told", async () => {
	const answer = await app.request("/api/rooms/nobody");
	expect((await answer.json()).error).not.toHaveProperty("id");
	expect(errors).toEqual([]);
});

test("who goes away in the middle of what they send is no failure of ours", async () => {
	const body = new ReadableStream({
		start: (controller) => controller.enqueue(Buffer.from('{"name": "An')),
		pull: (controller) => controller.error(new Error("aborted")),
	});
	const init = { method: "PUT", body, duplex: "half" } as RequestInit;
	const answer = await app.request("/api/me", init);
	expect(answer.status).toBe(400);
	expect(errors).toEqual([]);
});

test("a page may be framed by those who are named, and by nobody else", async () => {
	const ancestorsOf = async (frameAncestors: string[]) => {
		const { app: framed } = await createTestApp({ frameAncestors });
		const policy = (await framed.request("/healthz")).headers.get("content-security-policy");
		return policy?.split("; ").filter((rule) => rule.startsWith("frame-ancestors"));
	};
	expect(await ancestorsOf([])).toEqual(["frame-ancestors 'none'"]);
	const hosts = ["'self'", "https://wiki.example.org"];
	expect(await ancestorsOf(hosts)).toEqual(["frame-ancestors 'self' https://wiki.example.org"]);
});

describe("below another path", () => {
	beforeEach(() => openApp({ base: "/weft/" }));

	test("a page says where it lives and loads from there", async () => {
		for (const path of ["/", "/index.html", "/r/garden/board"]) {
			const answer = await app.request(path);
			const page = await answer.text();
			expect(answer.headers.get("cache-control"), path).toBe("no-cache");
			expect(page).toContain('<meta name="weft-base" content="/weft/" />');
			expect(page).toContain('href="/weft/assets/a.css"');
			expect(page).toContain('src="/weft/assets/a.js"');
			expect(page).toContain('href="https://example.org/"');
		}
	});

	test("the cookie is for that path, and only for TLS where there is TLS", async () => {
		const plain = await app.request("/api/me");
		expect(plain.headers.get("set-cookie")).toMatch(
			/; Max-Age=34560000; Path=\/weft\/; HttpOnly; SameSite=Lax$/, // 400 days
		);
		const tls = await app.request("/api/me", { headers: { "x-forwarded-proto": "https" } });
		expect(tls.headers.get("set-cookie")).toMatch(/; Path=\/weft\/; HttpOnly; Secure;/);
		const own = await app.request("https://localhost/api/me");
		expect(own.headers.get("set-cookie")).toMatch(/; HttpOnly; Secure;/);
	});
});

describe("the first files of a page", () => {
	const script = (file: string) => `</assets/${file}.js>; rel=modulepreload; crossorigin`;
	const sheet = "</assets/room.css>; rel=preload; as=style; crossorigin";

	test.for([
		["/r/garden/board", [script("room"), sheet, script("board"), script("base")]],
		["/r/garden", [script("room"), sheet, script("base")]],
	] as const)("are told with it: %s", async ([path, links]) => {
		const answer = await app.request(path);
		expect(answer.headers.get("link")).toBe(links.join(", "));
	});

	test("are below the base", async () => {
		await openApp({ base: "/weft/" });
		const answer = await app.request("/r/garden/board");
		expect(answer.headers.get("link")).toContain("</weft/assets/board.js>");
	});

	test("are not told to who keeps the page for other paths", async () => {
		const headers = { "sec-fetch-dest": "empty" };
		const answer = await app.request("/r/garden", { headers });
		expect(answer.headers.get("link")).toBeNull();
	});

	test.for(["/device", "/r/a%23b", "/sw.js", "/api/me", "/assets/none.js"])(
		"are told of pages only that are known to need them: not %s",
		async (path) => {
			expect((await app.request(path)).headers.get("link")).toBeNull();
		},
	);
});

test("pages are told by which addresses other devices come in", async () => {
	const answer = await app.request("/api/network");
	expect(await answer.json()).toEqual({ urls: ["http://192.168.1.5:1234"] });
});
