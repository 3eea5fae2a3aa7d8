/** The generic websocket service: connect, send, get an answer, disconnect. */
import { expect, test } from "vitest";
import { scenario } from "../fixtures/app/stage.ts";

scenario("websocket echo", ({ people }) => {
	test("text and binary come back to a page, and either side may end it", async () => {
		const [ann] = await people("Ann");
		await ann.goTo("/");
		const answers = await ann.page.evaluate(async () => {
			const socket = new WebSocket(`ws://${location.host}/echo`);
			socket.binaryType = "arraybuffer";
			const next = () =>
				new Promise<unknown>((resolve) => {
					socket.addEventListener("message", ({ data }) => resolve(data), { once: true });
				});
			await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
			socket.send("hello");
			const text = await next();
			socket.send(Uint8Array.of(0, 127, 255));
			const binary = [...new Uint8Array((await next()) as ArrayBuffer)];
			const closed = new Promise<CloseEvent>((resolve) => {
				socket.addEventListener("close", resolve, { once: true });
			});
			socket.close(1000, "done");
			const { code, wasClean } = await closed;
			return { text, binary, code, wasClean };
		});
		expect(answers).toEqual({
			text: "Received: hello",
			binary: [0, 127, 255],
			code: 1000,
			wasClean: true,
		});
	});
});
