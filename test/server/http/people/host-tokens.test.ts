import { expect, test } from "vitest";
import { HostTokens } from "../../../../server/auth/host-token.ts";
import { clockStartMs, ManualClock } from "../../../fixtures/manual-clock.ts";
import { hostSecret, mintToken } from "../../../fixtures/people/host.ts";
import { Browser, createTestApp } from "../../../fixtures/people/test-app.ts";

const ann = { user: "7", name: "Ann", exp: clockStartMs / 1000 + 60 };
const token = mintToken({ ...ann, rooms: { garden: "editor" } });

const createHost = (base = "/") =>
	createTestApp({ hostTokens: new HostTokens(hostSecret, new ManualClock()), base });

const bearer = { authorization: `Bearer ${token}` };

test("who brings a token is who it says, in the address or in a header", async () => {
	const { app } = await createHost();
	const wanted = { name: "Ann", isSignedIn: true, isAdmin: false };
	const byHeader = await app.request("/api/me", { headers: bearer });
	expect(await byHeader.json()).toMatchObject(wanted);
	const byQuery = await app.request(`/api/me?token=${token}`);
	expect(await byQuery.json()).toMatchObject(wanted);
	expect(byQuery.headers.getSetCookie()).toEqual([]);
});

test("a bad token is refused, and makes nobody a guest", async () => {
	const { app } = await createHost();
	for (const path of ["/api/me", "/api/rooms/garden"]) {
		const refused = await app.request(`${path}?token=${token}x`);
		expect(refused.status).toBe(401);
		expect(await refused.json()).toMatchObject({ error: { code: "token_over" } });
	}
	const page = await app.request(`/r/garden?token=${token}x`);
	expect(page.status).toBe(401);
	expect(page.headers.getSetCookie()).toEqual([]);
});

test("a page that is opened with a token keeps it, and its address loses it", async () => {
	const { app } = await createHost("/weft/");
	const page = await app.request(`/r/garden?view&token=${token}`);
	expect(page.status).toBe(302);
	expect(page.headers.get("location")).toBe("/weft/r/garden?view=");
	const [cookie = ""] = page.headers.getSetCookie();
	expect(cookie).toMatch(/^weft_token=.*Max-Age=60; Path=\/weft\/; HttpOnly; SameSite=Lax$/);
	const headers = { cookie: cookie.split(";")[0] ?? "" };
	const me = await app.request("/api/me", { headers });
	expect(await me.json()).toMatchObject({ name: "Ann" });
	expect(me.headers.getSetCookie()).toEqual([]);
});

test("who may only read gets the page that is for looking, in that room", async () => {
	const { app } = await createHost();
	const rooms = { garden: "viewer", shed: "editor" };
	const given = mintToken({ ...ann, rooms });
	const sentTo = async (path: string) =>
		(await app.request(`${path}?token=${given}`)).headers.get("location");
	expect(await sentTo("/r/garden/board")).toBe("/r/garden/board?view=");
	expect(await sentTo("/r/shed")).toBe("/r/shed");
	expect(await sentTo("/")).toBe("/");
});

test("who signs in is that one, whatever a host said; both end with a sign-out", async () => {
	const host = await createHost();
	const ben = { name: "Ben", password: "correct horse" };
	await host.accounts.add({ ...ben, isAdmin: false, invitation: null });
	const browser = new Browser(host);
	const open = () => browser.send("GET", `/r/garden?token=${token}`);
	const name = async () => (await browser.read("/api/me")).name;
	await open();
	expect(await name()).toBe("Ann");
	await browser.send("POST", "/api/login", ben);
	expect(await name()).toBe("Ben");
	const account = browser.jar.get("weft_login");
	await open();
	expect(await name()).toBe("Ann");
	await browser.send("DELETE", "/api/login");
	expect(["Ann", "Ben"]).not.toContain(await name());
	expect(host.accounts.readLogin(account)).toBeNull();
});

test("a token leads into its rooms only", async () => {
	const { app } = await createHost();
	const found = await app.request("/api/rooms/garden", { headers: bearer });
	expect(found.status).toBe(404);
	for (const path of ["shed", "shed/photos/0123456789abcdef", "%67arde", "gard%65n2"]) {
		const method = path.includes("photos") ? "PUT" : "GET";
		const refused = await app.request(`/api/rooms/${path}`, { method, headers: bearer });
		expect([refused.status, (await refused.json()).error.code], path).toEqual([403, "no_entry"]);
	}
	const same = await app.request("/api/rooms/gard%65n", { headers: bearer });
	expect(same.status).toBe(404);
});

test("whom a token gives a role makes no room theirs; whom it gives none may", async () => {
	const { app } = await createHost();
	const tell = async (method: string, rooms?: Record<string, string>) => {
		const text = mintToken({ ...ann, rooms });
		const body = method === "PATCH" ? JSON.stringify({ entry: "closed" }) : null;
		const headers = { authorization: `Bearer ${text}` };
		const answer = await app.request("/api/rooms/garden/access", { method, headers, body });
		const { role, isFree, error } = await answer.json();
		return [answer.status, role ?? error.code, isFree];
	};
	for (const role of ["viewer", "commenter", "editor"]) {
		expect(await tell("GET", { garden: role })).toEqual([200, role, false]);
		expect(await tell("PATCH", { garden: role })).toEqual([403, "not_allowed", undefined]);
	}
	expect(await tell("PATCH")).toEqual([200, "owner", false]);
});

test("whom a token speaks of is called and coloured as it says", async () => {
	const { app } = await createHost();
	for (const change of [{ name: "Eve" }, { color: "#000000" }]) {
		const refused = await app.request("/api/me", {
			method: "PUT",
			headers: bearer,
			body: JSON.stringify(change),
		});
		expect((await refused.json()).error.code).toBe("name_fixed");
	}
});

test("a server without a host's secret takes no token", async () => {
	const { app } = await createTestApp();
	const me = await (await app.request(`/api/me?token=${token}`)).json();
	expect(me.isSignedIn).toBeUndefined();
	expect((await app.request("/r/garden?token=x")).status).not.toBe(302);
});
