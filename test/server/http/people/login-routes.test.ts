import { describe, expect, test } from "vitest";
import type { UserId } from "../../../../shared/ids.ts";
import { Browser, createTestApp } from "../../../fixtures/people/test-app.ts";

const password = "correct horse";
const ann = { name: "ann", password };

async function createHouse(options: Parameters<typeof createTestApp>[0] = {}) {
	const house = await createTestApp(options);
	await house.accounts.add({ name: "Ann", password, isAdmin: false, invitation: null });
	return house;
}

const codeOf = async (response: Response) => [response.status, (await response.json()).error?.code];

describe("who signs in", () => {
	test("is that person in every answer, until they sign out", async () => {
		const browser = new Browser(await createHouse());
		const before = await browser.read("/api/me");
		const answer = await (await browser.send("POST", "/api/login", ann)).json();
		expect(answer).toMatchObject({ name: "Ann", isSignedIn: true, was: [before.id] });
		expect(await browser.read("/api/me")).toEqual(answer);
		expect(await browser.read("/api/login")).toMatchObject({ isSignedIn: true });
		await browser.send("DELETE", "/api/login");
		expect(await browser.read("/api/login")).toMatchObject({ isSignedIn: false });
		const after = await browser.read("/api/me");
		expect([answer.id, before.id]).not.toContain(after.id);
	});

	test("is told one thing for a wrong password and for a name that nobody has", async () => {
		const browser = new Browser(await createHouse());
		const wrong = await browser.send("POST", "/api/login", { name: "ann", password: "guess" });
		const nobody = await browser.send("POST", "/api/login", { name: "ben", password });
		expect(await nobody.text()).toBe(await wrong.text());
		expect([wrong.status, nobody.status]).toEqual([401, 401]);
		expect(wrong.headers.getSetCookie()).toEqual([]);
	});

	test("waits with all of their network, however many addresses that has", async () => {
		const { app } = await createHouse();
		const tryFrom = (remoteAddress: string, name: string) => {
			const incoming = { headers: {}, socket: { remoteAddress } };
			const body = JSON.stringify({ name, password: "guess" });
			return app.request("/api/login", { method: "POST", body }, { incoming } as never);
		};
		for (let index = 0; index < 20; index++) {
			expect((await tryFrom(`2001:db8:1:2::${index}`, `guess-${index}`)).status).toBe(401);
		}
		expect((await tryFrom("2001:db8:1:2:3:4:5:6", "ann")).status).toBe(429);
		expect((await tryFrom("2001:db8:1:3::1", "ann")).status).toBe(401);
	});

	test("waits after three wrong passwords, whatever comes next, and hears how long", async () => {
		const house = await createHouse();
		const browser = new Browser(house);
		for (let tries = 0; tries < 3; tries++) {
			await browser.send("POST", "/api/login", { name: "ANN", password: "guess" });
		}
		const braked = await browser.send("POST", "/api/login", ann);
		expect(braked.headers.get("retry-after")).toBe("1");
		expect(await codeOf(braked)).toEqual([429, "login_too_often"]);
		house.clock.advance(1_000);
		expect((await browser.send("POST", "/api/login", ann)).status).toBe(200);
	});

	test("has another cookie each time, and the one before signs nobody in", async () => {
		const browser = new Browser(await createHouse());
		await browser.read("/api/me");
		const guestJar = new Map(browser.jar);
		await browser.send("POST", "/api/login", ann);
		const firstJar = new Map(browser.jar);
		await browser.send("POST", "/api/login", ann);
		expect(browser.jar.get("weft_login")).not.toBe(firstJar.get("weft_login"));
		const thief = new Browser(await createHouse());
		for (const jar of [guestJar, firstJar]) {
			for (const [name, value] of jar) thief.jar.set(name, value);
			expect(await thief.read("/api/login")).toMatchObject({ isSignedIn: false });
		}
	});

	test("ends in one browser, or in all of them", async () => {
		const house = await createHouse();
		const ended: string[] = [];
		house.accounts.onEnd((key) => ended.push(key));
		const [phone, desk, other] = [new Browser(house), new Browser(house), new Browser(house)];
		for (const browser of [phone, desk, other]) await browser.send("POST", "/api/login", ann);
		await phone.send("DELETE", "/api/login");
		expect(await desk.read("/api/login")).toMatchObject({ isSignedIn: true });
		await desk.send("DELETE", "/api/login?everywhere");
		expect(await other.read("/api/login")).toMatchObject({ isSignedIn: false });
		expect(ended).toHaveLength(3);
	});

	test("from a page of another place is refused", async () => {
		const house = await createHouse();
		for (const origin of ["https://evil.example", "null", "http://localhost.evil.example"]) {
			const browser = new Browser(house, { origin, host: "localhost" });
			for (const [method, path] of [
				["POST", "/api/login"],
				["DELETE", "/api/login"],
				["POST", "/api/accounts"],
				["PUT", "/api/me"],
			] as const) {
				const refused = await browser.send(method, path, ann);
				expect(await codeOf(refused), `${method} ${path}`).toEqual([403, "bad_origin"]);
			}
		}
	});
});

describe("who changes their password", () => {
	const change = { password, next: "battery staple" };

	test("stays signed in here and nowhere else, and signs in by the new one", async () => {
		const house = await createHouse();
		const [here, there] = [new Browser(house), new Browser(house)];
		for (const browser of [here, there]) await browser.send("POST", "/api/login", ann);
		expect((await here.send("PUT", "/api/login", change)).status).toBe(200);
		expect(await here.read("/api/me")).toMatchObject({ name: "Ann" });
		expect(await there.read("/api/login")).toMatchObject({ isSignedIn: false });
		expect((await there.send("POST", "/api/login", ann)).status).toBe(401);
		const signedIn = await there.send("POST", "/api/login", { ...ann, password: change.next });
		expect(signedIn.status).toBe(200);
	});

	test("knows the one before, signs in first, and tries no faster than others", async () => {
		const browser = new Browser(await createHouse());
		const outside = await browser.send("PUT", "/api/login", change);
		expect(await codeOf(outside)).toEqual([401, "not_signed_in"]);
		await browser.send("POST", "/api/login", ann);
		const short = await browser.send("PUT", "/api/login", { password, next: "short" });
		expect(await codeOf(short)).toEqual([400, "bad_password"]);
		const codes: unknown[] = [];
		for (let tries = 0; tries < 3; tries++) {
			const wrong = await browser.send("PUT", "/api/login", { ...change, password: "guess" });
			codes.push((await codeOf(wrong))[1]);
		}
		expect(codes).toEqual(["wrong_login", "wrong_login", "login_too_often"]);
		expect(await browser.read("/api/me")).toMatchObject({ name: "Ann" });
	});
});

describe("the cookie of a login", () => {
	const flags = "Path=/; HttpOnly; SameSite=Lax";

	test("is for this server's requests only, and for no script", async () => {
		const browser = new Browser(await createHouse());
		const [cookie = ""] = (await browser.send("POST", "/api/login", ann)).headers.getSetCookie();
		expect(cookie).toMatch(/^weft_login=[\w-]{43}; Max-Age=7776000; /);
		for (const flag of flags.split("; ")) expect(cookie).toContain(flag);
		expect(cookie).not.toContain("Secure");
	});

	test("behind TLS is sent over nothing else, and set by no other host", async () => {
		const house = await createHouse();
		const browser = new Browser(house, { "x-forwarded-proto": "https" });
		const [cookie = ""] = (await browser.send("POST", "/api/login", ann)).headers.getSetCookie();
		expect(cookie).toMatch(/^__Host-weft_login=/);
		expect(cookie).toContain("Secure");
		expect(cookie).not.toContain("Domain");
		expect(await browser.read("/api/login")).toMatchObject({ isSignedIn: true });
		const planted = new Browser(house, { "x-forwarded-proto": "https" });
		planted.jar.set("weft_login", browser.jar.get("__Host-weft_login") ?? "");
		expect(await planted.read("/api/login")).toMatchObject({ isSignedIn: false });
	});

	test("below another path is for that path", async () => {
		const house = await createHouse({ base: "/weft/" });
		const browser = new Browser(house, { "x-forwarded-proto": "https" });
		const [cookie = ""] = (await browser.send("POST", "/api/login", ann)).headers.getSetCookie();
		expect(cookie).toMatch(/^__Secure-weft_login=.*Path=\/weft\//);
	});
});

describe("a name", () => {
	test("of an account is no guest's, in no spelling", async () => {
		const browser = new Browser(await createHouse());
		for (const name of ["Ann", "ANN", " a\u200bnn ", "\u0410nn", "\u0391\u039d\u039d"]) {
			const refused = await browser.send("PUT", "/api/me", { name });
			expect(await codeOf(refused)).toEqual([409, "name_taken"]);
		}
		expect((await browser.send("PUT", "/api/me", { name: "Anna" })).status).toBe(200);
	});

	test("stays that of the account for who signs in; the colour is theirs to choose", async () => {
		const house = await createHouse();
		const browser = new Browser(house);
		await browser.send("POST", "/api/login", ann);
		const refused = await browser.send("PUT", "/api/me", { name: "Ben" });
		expect(await codeOf(refused)).toEqual([403, "name_fixed"]);
		const painted = await browser.send("PUT", "/api/me", { name: "Ann", color: "#0b6b5d" });
		expect(await painted.json()).toMatchObject({ name: "Ann", color: "#0b6b5d" });
		expect(house.renamed).toMatchObject([{ name: "Ann", color: "#0b6b5d" }]);
		const other = new Browser(house);
		await other.send("POST", "/api/login", ann);
		expect(await other.read("/api/me")).toMatchObject({ color: "#0b6b5d" });
	});
});

describe("a guest who signed in", () => {
	test("is nobody by the cookie of old, and their open rooms are told", async () => {
		const house = await createHouse();
		const browser = new Browser(house);
		const guest = await browser.read("/api/me");
		const copy = new Map(browser.jar);
		await browser.send("POST", "/api/login", ann);
		expect(browser.jar.has("weft_guest")).toBe(false);
		expect(house.signedIn).toEqual([guest.id]);
		const stale = new Browser(house);
		for (const [name, value] of copy) stale.jar.set(name, value);
		expect((await stale.read("/api/me")).id).not.toBe(guest.id);
	});
});

test("a guest who is not taken along stays one for when they sign out", async () => {
	const house = await createHouse();
	for (let count = 0; count < 200; count++) {
		await house.accounts.signIn({ ...ann, guest: `g_${count}` as UserId });
	}
	const browser = new Browser(house);
	const guest = await browser.read("/api/me");
	expect((await browser.send("POST", "/api/login", ann)).status).toBe(200);
	expect(await browser.read("/api/me")).toMatchObject({ name: "Ann" });
	await browser.send("DELETE", "/api/login");
	expect(await browser.read("/api/me")).toEqual(guest);
	expect(house.signedIn).toEqual([]);
});

describe("who has no account", () => {
	const ben = { name: "Ben", password: "battery staple" };

	test("cannot make one unless the operator says so", async () => {
		const browser = new Browser(await createHouse());
		const refused = await browser.send("POST", "/api/accounts", ben);
		expect(await codeOf(refused)).toEqual([403, "signup_off"]);
	});

	test("makes one where everybody may, and is signed in", async () => {
		const browser = new Browser(await createHouse({ signUp: "open" }));
		const before = await browser.read("/api/me");
		const made = await (await browser.send("POST", "/api/accounts", ben)).json();
		expect(made).toMatchObject({ name: "Ben", isAdmin: false, was: [before.id] });
		const again = await browser.send("POST", "/api/accounts", { ...ben, name: "BEN" });
		expect(await codeOf(again)).toEqual([409, "name_taken"]);
		const short = await browser.send("POST", "/api/accounts", { name: "Cleo", password: "short" });
		expect(await codeOf(short)).toEqual([400, "bad_password"]);
	});

	test("makes one and is signed in, or is told to wait before it is made", async () => {
		const house = await createHouse({ signUp: "open" });
		const signUp = async (name: string) =>
			(await new Browser(house).send("POST", "/api/accounts", { ...ben, name })).status;
		for (let index = 1; index <= 20; index++) expect(await signUp(`pupil ${index}`)).toBe(200);
		expect(await signUp("pupil 21")).toBe(429);
		house.clock.advance(1_000);
		expect(await signUp("pupil 21")).toBe(200);
	});

	test("makes one with an invitation: once, in time, and only with a true one", async () => {
		const house = await createHouse({ signUp: "invite" });
		const browser = new Browser(house);
		const [one, other] = [house.invitations.mint(), house.invitations.mint()];
		for (const invitation of [undefined, "", "x.y.z", `${one}x`, one.replace(/^./, "_")]) {
			const refused = await browser.send("POST", "/api/accounts", { ...ben, invitation });
			expect(await codeOf(refused)).toEqual([403, "bad_invitation"]);
		}
		const made = await browser.send("POST", "/api/accounts", { ...ben, invitation: one });
		expect(made.status).toBe(200);
		const cleo = { name: "Cleo", password: ben.password };
		const used = await browser.send("POST", "/api/accounts", { ...cleo, invitation: one });
		expect(await codeOf(used)).toEqual([403, "bad_invitation"]);
		house.clock.advance(7 * 24 * 60 * 60 * 1000 + 1_000);
		const late = await browser.send("POST", "/api/accounts", { ...cleo, invitation: other });
		expect(await codeOf(late)).toEqual([403, "bad_invitation"]);
	});
});

describe("where only members come in", () => {
	test("everything else is refused with a code, and nobody gets a guest's cookie", async () => {
		const browser = new Browser(await createHouse({ hasGuests: false }));
		for (const [method, path] of [
			["GET", "/api/me"],
			["PUT", "/api/me"],
			["GET", "/api/rooms"],
			["POST", "/api/rooms"],
			["GET", "/api/rooms/garden"],
			["GET", "/api/network"],
			["PUT", "/api/rooms/garden/photos/0123456789abcdef"],
			["GET", `/api/rooms/garden/blobs/${"a".repeat(64)}/full`],
		] as const) {
			const refused = await browser.send(method, path, method === "GET" ? undefined : {});
			expect(await codeOf(refused), `${method} ${path}`).toEqual([401, "not_signed_in"]);
		}
		expect(browser.jar.size).toBe(0);
		expect(await browser.read("/api/login")).toEqual({
			isSignedIn: false,
			signUp: "off",
			hasGuests: false,
			hasAccounts: true,
		});
	});

	test("those who sign in are in", async () => {
		const browser = new Browser(await createHouse({ hasGuests: false }));
		expect((await browser.send("POST", "/api/login", ann)).status).toBe(200);
		expect(await browser.read("/api/me")).toMatchObject({ name: "Ann" });
		expect(await browser.read("/api/rooms")).toEqual({ rooms: [] });
	});
});
