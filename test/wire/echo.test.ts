import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRaw } from "../fixtures/raw-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

function open() {
	return openRaw(`ws://127.0.0.1:${weft.port}/echo`);
}

describe("/echo", () => {
	test("gives text back as `Received: …`, in order", async () => {
		const client = await open();
		for (const text of ["hello", "", "ä 🎈", "x".repeat(100_000)]) client.socket.send(text);
		await until("four answers", () => client.received.length === 4);
		expect(client.received).toEqual([
			"Received: hello",
			"Received: ",
			"Received: ä 🎈",
			`Received: ${"x".repeat(100_000)}`,
		]);
		client.socket.close();
		expect((await client.closed).code).toBe(1005);
	});

	test("gives binary back as it is", async () => {
		const client = await open();
		const messages = [[], [0], [255, 0, 1, 128]].map((bytes) => Uint8Array.from(bytes));
		for (const message of messages) client.socket.send(message);
		await until("three answers", () => client.received.length === 3);
		expect(client.received).toEqual(messages);
		client.socket.close();
	});

	test("closes on a message that is too long, and only that socket", async () => {
		const [rude, bystander] = [await open(), await open()];
		rude.socket.send("x".repeat(2 * 1024 * 1024));
		expect((await rude.closed).code).toBe(1009);
		bystander.socket.send("still here");
		await until("an answer", () => bystander.received[0] === "Received: still here");
		bystander.socket.close();
	});
});
