/** Where members alone begin rooms, a room that is not there looks like one that is closed. */
import { beforeEach, expect, test } from "vitest";
import { probeRoom, type RoomName, type UserId } from "../../../../shared/ids.ts";
import { createGarden, statusOf } from "../../../fixtures/people/garden.ts";
import type { Browser } from "../../../fixtures/people/test-app.ts";

type Garden = Awaited<ReturnType<typeof createGarden>>;

let garden: Garden;

beforeEach(async () => {
	garden = await createGarden({ roomMakers: "members" });
	await garden.plant();
});

/** Every way to ask for something of a room. */
function asked(): (readonly [method: string, path: string])[] {
	const routes = garden.house.app.routes.filter(
		({ method, path }) =>
			// A purge asks the same rights, and is none in this house.
			path.startsWith("/api/rooms/:room") && method !== "ALL" && !path.endsWith("/purge"),
	);
	return routes.map(({ method, path }) => [
		method,
		path.replace(/:(?!room)\w+/g, "g_cleo_and_more"),
	]);
}

test("every question about it has the same answer, to its last letter", async () => {
	await garden.patch(garden.ann, { entry: "closed" });
	expect(asked().length).toBeGreaterThanOrEqual(15);
	for (const [method, path] of asked()) {
		const tell = async (room: string) => {
			const body = method === "GET" || method === "DELETE" ? undefined : bodyFor(path);
			const answer = await garden.ben.browser.send(method, path.replace(":room", room), body);
			return [path, answer.status, await answer.text(), [...answer.headers]];
		};
		expect(await tell("garden"), `${method} ${path}`).toEqual(await tell("a-guess"));
	}
	const listed = (room: string) => garden.ben.browser.read(`/api/rooms?name=${room}`);
	expect(await listed("garden")).toEqual(await listed("a-guess"));
});

function bodyFor(path: string): unknown {
	if (path.endsWith("/links")) return { role: "viewer", expiresAtMs: null };
	return path.endsWith("/owner") ? { id: "g_cleo" } : {};
}

test("a guest begins none, and comes into those that are there", async () => {
	const { house, ann, ben } = garden;
	const enter = (browser: Browser, room: string) =>
		statusOf(browser.send("GET", `/api/rooms/${room}/access`));
	expect(await enter(ben.browser, "garden")).toBe(200);
	expect(await enter(ben.browser, "shed")).toBe("403 no_entry");
	expect(await enter(ben.browser, probeRoom)).toBe(200);
	const secret = { name: "Ada", password: "correct horse" };
	await house.accounts.add({ ...secret, isAdmin: false, invitation: null });
	await ann.browser.send("POST", "/api/login", secret);
	const change = { entry: "editor" };
	expect(await enter(ann.browser, "shed")).toBe(200);
	await ann.browser.send("PATCH", "/api/rooms/shed/access", { entry: "viewer" });
	expect(await statusOf(ann.browser.send("PATCH", "/api/rooms/shed/access", change))).toBe(200);
	// It is decided about, and so it is there, though nobody wrote in it.
	expect(await enter(ben.browser, "shed")).toBe(200);
});

test("rooms of before rights, which nobody decided about, are there too", async () => {
	const madeBy = { id: "anyone" as UserId, name: "Guest" };
	const { preview } = (await garden.house.records.room("garden" as RoomName)) ?? {};
	if (preview === undefined) throw new Error("no garden");
	const times = { madeAtMs: 1, changedAtMs: 2 };
	const name = "an-old-room" as RoomName;
	await garden.house.records.putRoom({ name, kind: "open", madeBy, preview, ...times });
	expect(await statusOf(garden.ben.browser.send("GET", `/api/rooms/${name}/access`))).toBe(200);
});
