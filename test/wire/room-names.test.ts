import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRaw } from "../fixtures/raw-client.ts";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

/** How the server answers who asks for a room by this segment of a path. */
async function knock(segment: string): Promise<"let in" | string> {
	const raw = await openRaw(`${weft.syncUrl}/${segment}`);
	raw.send(0, 0, 1, 0);
	await until("an answer", () => raw.received.length > 0 || raw.closing() !== null);
	const closing = raw.closing();
	if (closing !== null) return `${closing.code} ${closing.reason}`;
	raw.socket.close();
	await raw.closed;
	return "let in";
}

describe("a room's name", () => {
	test.each<[string, string]>([
		["one letter", "a"],
		["letters, digits, dots and dashes", "my-room_1.2"],
		["three dots", "..."],
		["a space", "a%20room"],
		["umlauts", "%C3%BCber"],
		["another script", "%E9%83%A8%E5%B1%8B"],
		["an emoji", "%F0%9F%8E%88"],
		["signs that mean something elsewhere", "a+b&c=d:e;f,g@h!"],
		["128 bytes", "x".repeat(128)],
		["128 bytes of UTF-8", "%C3%A9".repeat(64)],
		["what LevelDB's keys could mistake", "%EF%BF%BF!%7E"],
		["what JavaScript's objects could mistake", "__proto__"],
	])("may be %s", async (_what, segment) => {
		expect(await knock(segment)).toBe("let in");
	});

	test.each<[string, string]>([
		["empty", ""],
		["a path", "a/b"],
		["a path with a slash at its end", "a/"],
		["a path in disguise", "a%2Fb"],
		["a path for Windows", "a%5Cb"],
		["a query in disguise", "a%3Fb"],
		["a fragment in disguise", "a%23b"],
		["a percent sign", "100%25"],
		["decoded twice", "a%252Fb"],
		["half an escape", "a%2"],
		["a zero", "a%00b"],
		["a line break", "a%0Ab"],
		["a delete", "a%7Fb"],
		["a control character above ASCII", "a%C2%85b"],
		["no UTF-8", "a%FFb"],
		["half a surrogate pair", "a%ED%A0%80b"],
		["129 bytes", "x".repeat(129)],
		["130 bytes of UTF-8", "%C3%A9".repeat(65)],
		["very long", "x".repeat(5_000)],
	])("may not be %s", async (_what, segment) => {
		expect(await knock(segment)).toBe("4400 bad_room_name");
	});

	test("is the same room however it was composed or escaped", async () => {
		const composed = joinStock(weft.syncUrl, encodeURIComponent("caf\u00e9"));
		await until("synced", () => composed.provider.synced);
		composed.type("one room");
		const others = [encodeURIComponent("cafe\u0301"), "caf\u00e9", "%63af%C3%A9"];
		for (const name of others) {
			const client = joinStock(weft.syncUrl, name);
			await until(`${name} is the same room`, () => client.text.toString() === "one room");
			client.leave();
		}
		const other = joinStock(weft.syncUrl, "cafe");
		await until("synced", () => other.provider.synced);
		expect(other.text.toString()).toBe("");
		for (const client of [composed, other]) client.leave();
	});

	test("leads nowhere else than into its room", async () => {
		for (const path of ["/", "/sync", "/sy", "/api/rooms", "/sync-not/a"]) {
			await expect(openRaw(`ws://127.0.0.1:${weft.port}${path}`)).rejects.toThrow(/404/);
		}
	});
});
