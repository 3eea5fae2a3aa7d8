import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../../../shared/awareness.ts";
import { hostSecret, mintToken } from "../../fixtures/people/host.ts";
import {
	askToSignIn,
	cookieOf,
	makeUsers,
	password,
	signIn,
	tellUser,
} from "../../fixtures/people/operator.ts";
import { openRaw, type RawClient } from "../../fixtures/raw-client.ts";
import { joinStock, type StockClient } from "../../fixtures/stock-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

const clients: StockClient[] = [];
const sockets: RawClient[] = [];
let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
	await makeUsers(weft, "Ann");
});

afterEach(() => {
	for (const client of clients.splice(0)) client.leave();
	for (const { socket } of sockets.splice(0)) socket.terminate();
});

afterAll(() => weft.drop());

async function join(room: string, cookie?: string): Promise<StockClient> {
	const client = joinStock(weft.syncUrl, room, cookie === undefined ? {} : { cookie });
	clients.push(client);
	await until("synced", () => client.provider.synced);
	return client;
}

async function open(room: string, cookie: string): Promise<RawClient> {
	const client = await openRaw(`${weft.syncUrl}/${room}`, { cookie });
	sockets.push(client);
	return client;
}

async function newGuest(): Promise<string> {
	return cookieOf(await fetch(`${weft.url}/api/me`), "weft_guest");
}

/** Who somebody sees under another's client id. */
function seen(by: StockClient, other: StockClient): Person | undefined {
	return by.provider.awareness.getStates().get(other.doc.clientID)?.["user"] as Person | undefined;
}

describe("somebody who signs in", () => {
	test("is shown as their account says, whatever their client claims", async () => {
		const ann = await join("named", await signIn(weft, "ann"));
		const ben = await join("named");
		ann.provider.awareness.setLocalState({ user: { name: "Eve", color: "#000000" } });
		await until("Ann is seen", () => seen(ben, ann)?.name === "Ann");
		expect(seen(ben, ann)?.id).toMatch(/^u_/);
	});

	test("is who a client without a cookie cannot seem to be", async () => {
		const watcher = await join("claimed");
		const eve = await join("claimed");
		eve.provider.awareness.setLocalState({ user: { name: "ANN", color: "#000000" } });
		await until("she is seen as a guest", () => seen(watcher, eve)?.name === "ANN (guest)");
		expect(seen(watcher, eve)?.id).toBe("anyone");
	});

	test("goes on in the room they were in as a guest, and may change what they wrote", async () => {
		const guestCookie = await newGuest();
		const guest = await join("moved", guestCookie);
		guest.type("rose ");
		const watcher = await join("moved", await newGuest());
		await until("the rose is there", () => watcher.text.toString() === "rose ");
		guest.provider.disconnect();
		guest.type("lily ");
		const { doc } = guest;
		const cookie = await signIn(weft, "ann", guestCookie);
		const back = joinStock(weft.syncUrl, "moved", { cookie, doc });
		clients.push(back);
		await until("the lily is there", () => watcher.text.toString() === "rose lily ");
		expect(back.provider.synced).toBe(true);
	});

	test("is signed out within a second, in every room and on every device", async () => {
		const [phone, desk] = [await signIn(weft, "ann"), await signIn(weft, "ann")];
		const open1 = await open("garden", phone);
		const open2 = await open("shed", desk);
		const left = await fetch(`${weft.url}/api/login?everywhere`, {
			method: "DELETE",
			headers: { cookie: phone },
		});
		expect(left.status).toBe(200);
		for (const { closed } of [open1, open2]) {
			expect(await closed).toEqual({ code: 4401, reason: "signed_out" });
		}
		const me = await (await fetch(`${weft.url}/api/me`, { headers: { cookie: desk } })).json();
		expect(me.isSignedIn).toBeUndefined();
	});

	test("stays signed in over a restart", async () => {
		const cookie = await signIn(weft, "ann");
		await weft.stop();
		await weft.start();
		const me = await (await fetch(`${weft.url}/api/me`, { headers: { cookie } })).json();
		expect(me).toMatchObject({ name: "Ann", isSignedIn: true });
	});
});

describe("npm run user", () => {
	test("does the same on a server that runs and on one that does not", async () => {
		const own = await startWeftProcess();
		try {
			for (const isRunning of [true, false]) {
				// As a crash leaves it: the socket is still there, and nobody listens.
				if (!isRunning) await own.kill9();
				const name = isRunning ? "Ben" : "Cleo";
				const added = await tellUser(own, ["add", name, "--admin"]);
				expect(added).toMatchObject({ code: 0 });
				const again = await tellUser(own, ["add", name.toUpperCase()]);
				expect(again.code).toBe(1);
				expect(again.output).toContain("name of somebody who signs in");
				const short = await tellUser(own, ["add", "Dora"], "short");
				expect(short).toMatchObject({ code: 1 });
				expect(short.output).toContain("8 to 256 characters");
				const { output } = await tellUser(own, ["list"]);
				expect(output).toMatch(new RegExp(`^${name} +admin +since \\d{4}-\\d\\d-\\d\\d`, "m"));
				expect(output).not.toContain("Dora");
				const nobody = await tellUser(own, ["remove", "Dora"]);
				expect(nobody.code).toBe(1);
				expect((await tellUser(own, ["invite"])).output).toMatch(/^[\w-]+\.\w+\.[\w-]+$/m);
			}
			await own.start();
			await signIn(own, "ben");
			await signIn(own, "cleo");
		} finally {
			await own.drop();
		}
	});

	test("makes the data folder of a server that never ran, for nobody else to read", async () => {
		const dataDir = path.join(await mkdtemp(path.join(tmpdir(), "weft-first-")), "data");
		try {
			const listed = await tellUser({ dataDir }, ["list"]);
			expect(listed.code).toBe(1);
			expect(listed.output).toContain("no data folder");
			expect(await tellUser({ dataDir }, ["add", "Ann", "--admin"])).toMatchObject({ code: 0 });
			expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
			expect((await tellUser({ dataDir }, ["list"])).output).toMatch(/^Ann +admin/m);
		} finally {
			await rm(path.dirname(dataDir), { recursive: true, force: true });
		}
	});

	test("gives another password, or takes an account away: open rooms hear it", async () => {
		await makeUsers(weft, "Ben");
		const before = await open("garden", await signIn(weft, "ben"));
		expect((await tellUser(weft, ["reset", "ben"], "staple battery")).code).toBe(0);
		expect(await before.closed).toEqual({ code: 4401, reason: "signed_out" });
		expect((await askToSignIn(weft, { name: "ben" })).status).toBe(401);
		const answer = await askToSignIn(weft, { name: "ben", password: "staple battery" });
		const after = await open("garden", cookieOf(answer, "weft_login"));
		expect((await tellUser(weft, ["remove", "ben"])).code).toBe(0);
		expect(await after.closed).toEqual({ code: 4401, reason: "signed_out" });
		const gone = await askToSignIn(weft, { name: "ben", password: "staple battery" });
		expect(gone.status).toBe(401);
	});

	test("says in words what it does not understand", async () => {
		for (const args of [["ad", "ann"], ["add"], ["list", "ann"], ["add", "a", "b"], ["--x"]]) {
			const { code, output } = await tellUser(weft, args);
			expect(code, args.join(" ")).toBe(1);
			expect(output).toMatch(/^user: [A-Za-z].*\.$/m);
			expect(output).not.toContain("    at ");
		}
		expect(await tellUser(weft, ["--help"])).toMatchObject({ code: 0 });
	});

	test("never has a password in a file of the data folder", async () => {
		const { readdirSync, readFileSync } = await import("node:fs");
		const { join: joinPath } = await import("node:path");
		await makeUsers(weft, "Zacharias");
		const store = joinPath(weft.dataDir, "store");
		const filesWith = (words: string) =>
			readdirSync(store).filter((name) => readFileSync(joinPath(store, name)).includes(words));
		// What is there is found in this way.
		expect(filesWith("Zacharias")).not.toEqual([]);
		expect(filesWith(password)).toEqual([]);
	});
});

describe("a server for members only", () => {
	test("lets in who signs in, and tells all others to, over HTTP and on the socket", async () => {
		const club = await startWeftProcess({ env: { WEFT_GUESTS: "off" } });
		try {
			const refused = await openRaw(`${club.syncUrl}/garden`);
			expect(await refused.closed).toEqual({ code: 4401, reason: "not_signed_in" });
			expect((await fetch(`${club.url}/api/rooms`)).status).toBe(401);
			await makeUsers(club, "Ann");
			const cookie = await signIn(club, "ann");
			const member = await openRaw(`${club.syncUrl}/garden`, { cookie });
			await until("it is greeted", () => member.received.length > 0);
			expect(member.closing()).toBeNull();
			member.socket.terminate();
		} finally {
			await club.drop();
		}
	});
});

describe("a host application's tokens", () => {
	test("let people in as who they are, into their rooms, for their time", async () => {
		const club = await startWeftProcess({
			env: { WEFT_GUESTS: "off", WEFT_TOKEN_SECRET: hostSecret },
		});
		try {
			const lasting = (ms: number) =>
				mintToken({
					...{ user: "7", name: "Ann", rooms: { garden: "editor" } },
					exp: Math.ceil((Date.now() + ms) / 1000),
				});
			const enter = (room: string, token: string) =>
				openRaw(`${club.syncUrl}/${room}?token=${token}`, { origin: "https://host.example" });
			const long = lasting(3_600_000);
			const member = await enter("garden", long);
			await until("it is greeted", () => member.received.length > 0);
			const elsewhere = await enter("shed", long);
			expect(await elsewhere.closed).toEqual({ code: 4403, reason: "no_entry" });
			const short = await enter("garden", lasting(2_000));
			expect(await short.closed).toEqual({ code: 4401, reason: "token_over" });
			const forged = await enter("garden", `${long}x`);
			expect(await forged.closed).toEqual({ code: 4401, reason: "token_over" });
			expect(member.closing()).toBeNull();
			member.socket.terminate();
		} finally {
			await club.drop();
		}
	});
});
