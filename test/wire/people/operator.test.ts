/** Who runs a server puts out, closes and signs out, and the sockets that it is about. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Caller } from "../../fixtures/people/caller.ts";
import { makeUsers, signIn, tellUser } from "../../fixtures/people/operator.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

let weft: WeftProcess;
let cookie: string;
let ben: Caller;

beforeAll(async () => {
	weft = await startWeftProcess({ env: { WEFT_LOG: "info" } });
	const { code, output } = await tellUser(weft, ["add", "Olga", "--admin"]);
	expect(code, output).toBe(0);
	cookie = await signIn(weft, "Olga");
	ben = await Caller.guest(weft, "Ben");
});

afterEach(() => ben.leave());

afterAll(() => weft.drop());

async function operate(method: string, path: string) {
	const answer = await fetch(`${weft.url}/api/admin/${path}`, { method, headers: { cookie } });
	return answer.json();
}

async function trailOf(room: string) {
	const headers = { cookie };
	const answer = await fetch(`${weft.url}/api/rooms/${room}/audit`, { headers });
	return (await answer.json()).entries;
}

test("a closed room tells its sockets why, and is whole when it is opened again", async () => {
	const first = ben.join("shed");
	first.type("rose");
	const watcher = await ben.open("shed");
	await until("it is listed", async () => {
		const { rows } = await operate("GET", "rooms?words=shed");
		return rows[0]?.people === 2 && rows[0]?.changedAtMs !== null;
	});
	expect(await operate("GET", "people?room=shed")).toMatchObject({
		rows: [{ id: ben.id, name: "Ben", rooms: ["shed"], socketCount: 2, isSignedIn: false }],
	});
	expect(await operate("POST", "rooms/shed/close")).toEqual({ peopleCount: 1 });
	expect(await watcher.closed).toEqual({ code: 4409, reason: "room_closed" });
	expect(await operate("GET", "rooms?words=shed")).toMatchObject({
		rows: [{ people: 0, isOpen: false }],
	});
	// y-websocket 3 obeys: it does not come back by itself.
	await until("it is sent away", () => !first.provider.wsconnected);
	const again = ben.join("shed");
	await until("all is there", () => again.text.toString() === "rose");
	const by = { name: "Olga", isOperator: true };
	expect(await trailOf("shed")).toMatchObject([{ by, act: "close", to: "1" }]);
});

test("who is put out is out at once, and stays out", async () => {
	const watcher = await ben.open("attic");
	await until("he is there", async () => {
		const { rows } = await operate("GET", "people?room=attic");
		return rows.length === 1;
	});
	expect(await operate("POST", "rooms/attic/kick")).toEqual({ outCount: 1 });
	expect(await watcher.closed).toEqual({ code: 4403, reason: "put_out" });
	expect(await (await ben.open("attic")).closed).toMatchObject({ reason: "put_out" });
	expect(await trailOf("attic")).toMatchObject([{ act: "kick", to: "1" }]);
});

test("who is signed out everywhere is so on open sockets; a guest sees none of this", async () => {
	await makeUsers(weft, "Ada");
	const ada = await ben.signedIn("Ada");
	const socket = await ada.open("cellar");
	await operate("DELETE", `accounts/${ada.id}/logins`);
	expect(await socket.closed).toEqual({ code: 4401, reason: "signed_out" });
	const guest = await Caller.guest(weft, "Cleo");
	const headers = { cookie: guest.cookie };
	const answer = await fetch(`${weft.url}/api/admin/server`, { headers });
	expect(answer.status).toBe(404);
	expect((await operate("GET", "server")).disk.storeBytes).toBeGreaterThan(0);
	await until("it is in the log", () => weft.output.includes('"act":"sign out"'));
});
