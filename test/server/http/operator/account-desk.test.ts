import { beforeEach, expect, test } from "vitest";
import { statusOf } from "../../../fixtures/people/garden.ts";
import { createHouse, password } from "./house.ts";

let house: Awaited<ReturnType<typeof createHouse>>;

beforeEach(async () => {
	house = await createHouse();
});

const tell = (method: string, path: string, body?: unknown) =>
	house.olga.browser.send(method, `/api/admin/${path}`, body);
const maySignIn = async (name: string, secret: string) => {
	const answer = await house.ben.browser.send("POST", "/api/login", { name, password: secret });
	return answer.status === 200;
};

test("accounts are listed without what signs anybody in", async () => {
	const { clock } = house.house;
	const signedInAtMs = clock.now();
	house.seat(house.ada.id, "Ada", []);
	await house.house.accounts.add({ name: "Zoe", password, isAdmin: false, invitation: null });
	const made = { isAdmin: false, madeAtMs: clock.now() };
	const { rows, ...counts } = await (await tell("GET", "accounts")).json();
	expect(counts).toEqual({ matchCount: 3, totalCount: 3 });
	expect(rows).toMatchObject([
		{ ...made, id: house.ada.id, name: "Ada", loginCount: 1, signedInAtMs, isHere: true },
		{ ...made, id: house.olga.id, name: "Olga", isAdmin: true, loginCount: 1, isHere: false },
		{ ...made, name: "Zoe", loginCount: 0, signedInAtMs: null, isHere: false },
	]);
	expect(JSON.stringify(rows)).not.toMatch(/salt|hash|token/i);
	const found = await (await tell("GET", "accounts?words=zo")).json();
	expect(found.rows).toMatchObject([{ name: "Zoe" }]);
});

test("an account is made, but none that runs the server", async () => {
	const wanted = { name: "Cleo", password, isAdmin: true };
	const answer = await tell("POST", "accounts", wanted);
	expect(answer.status).toBe(201);
	expect(await answer.json()).toMatchObject({ name: "Cleo", isAdmin: false });
	expect(house.house.accounts.list().filter(({ isAdmin }) => isAdmin)).toHaveLength(1);
	expect(await maySignIn("Cleo", password)).toBe(true);
	expect(await statusOf(tell("POST", "accounts", wanted))).toBe("409 name_taken");
	expect(await statusOf(tell("POST", "accounts", { name: "Dan", password: "short" }))).toBe(
		"400 bad_password",
	);
	expect(house.house.operated.notes).toEqual(["Olga: add Cleo"]);
});

test("another password signs out everywhere, and is the one that counts", async () => {
	const path = `accounts/${house.ada.id}/password`;
	expect(await statusOf(tell("PUT", path, { password: "another horse" }))).toBe(200);
	expect(await house.ada.browser.read("/api/me")).not.toHaveProperty("isSignedIn");
	expect(await maySignIn("Ada", password)).toBe(false);
	expect(await maySignIn("Ada", "another horse")).toBe(true);
	expect(house.house.operated.notes).toEqual(["Olga: reset Ada"]);
});

test("signing out everywhere ends logins, and nothing else", async () => {
	expect(await statusOf(tell("DELETE", `accounts/${house.ada.id}/logins`))).toBe(200);
	expect(await house.ada.browser.read("/api/me")).not.toHaveProperty("isSignedIn");
	expect(await maySignIn("Ada", password)).toBe(true);
});

test("an account that was removed is gone, and its place is nobody's", async () => {
	expect(await statusOf(tell("DELETE", `accounts/${house.ada.id}`))).toBe(200);
	expect(await maySignIn("Ada", password)).toBe(false);
	expect(await statusOf(tell("DELETE", `accounts/${house.ada.id}`))).toBe("404 not_found");
	expect(await statusOf(tell("DELETE", "accounts/u_nobody"))).toBe("404 not_found");
});

test("who runs the server is signed out on the page, and nothing more", async () => {
	const other = await house.signedIn("Otto", true);
	for (const { id } of [other, house.olga]) {
		expect(await statusOf(tell("DELETE", `accounts/${id}`))).toBe("400 bad_request");
		const reset = tell("PUT", `accounts/${id}/password`, { password: "another horse" });
		expect(await statusOf(reset)).toBe("400 bad_request");
	}
	expect(await maySignIn("Otto", password)).toBe(true);
	expect(await statusOf(tell("DELETE", `accounts/${other.id}/logins`))).toBe(200);
	expect(await statusOf(other.browser.send("GET", "/api/admin/rooms"))).toBe("404 not_found");
});

test("an invitation is made where one is of use", async () => {
	expect(await statusOf(tell("POST", "invitations"))).toBe("403 signup_off");
	house = await createHouse({ signUp: "invite" });
	const { invitation } = await (await tell("POST", "invitations")).json();
	const form = { name: "Cleo", password, invitation };
	expect(await statusOf(house.ben.browser.send("POST", "/api/accounts", form))).toBe(200);
	expect(await statusOf(house.ann.browser.send("POST", "/api/accounts", form))).not.toBe(200);
});
