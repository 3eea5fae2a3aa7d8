import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { projectRoot } from "../fixtures/project.ts";
import { openRaw } from "../fixtures/raw-client.ts";
import { joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

let weft: WeftProcess;

beforeEach(async () => {
	weft = await startWeftProcess();
});

afterEach(() => weft.drop());

/** Leaves; once the server has answered the close, it has read all that came before. */
async function leave({ provider }: StockClient): Promise<void> {
	const { ws } = provider as unknown as { readonly ws: WebSocket };
	const closed = once(ws, "close");
	provider.disconnect();
	await closed;
}

/** Runs a second server to its end. */
function second(args: readonly string[], env: Readonly<Record<string, string>>) {
	const main = join(projectRoot, "dist/server/main.js");
	const options = { env: { ...process.env, ...env }, timeout: 60_000, encoding: "utf8" } as const;
	const startMs = performance.now();
	const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
	return { status, stdout, stderr, tookMs: performance.now() - startMs };
}

describe("a server process", () => {
	test("lets a connection rest for longer than a proxy before it does", async () => {
		const { headers } = await fetch(weft.url);
		expect(headers.get("keep-alive")).toBe("timeout=75");
	});

	test("says one line when it is ready, and is well", async () => {
		expect(weft.output).toMatch(/^weft listening on http:\/\/127\.0\.0\.1:\d+\n$/);
		expect((await fetch(`${weft.url}/healthz`)).status).toBe(200);
		expect((await fetch(`${weft.url}/readyz`)).status).toBe(200);
		const metrics = await (await fetch(`${weft.url}/metrics`)).text();
		expect(metrics).toMatch(/^# HELP /m);
	});

	test("prints its settings for --help and does nothing else", () => {
		const { status, stdout } = second(["--help"], { PORT: "0" });
		expect(status).toBe(0);
		for (const name of ["PORT", "HOST", "WEFT_DATA", "WEFT_LIMITS", "--lan"]) {
			expect(stdout).toContain(name);
		}
		expect(stdout).not.toContain("listening");
	});

	test("refuses a data directory that another one uses, in a sentence", async () => {
		const help = second(["--help"], {});
		const { status, stderr, tookMs } = second([], { PORT: "0", WEFT_DATA: weft.dataDir });
		expect(status).toBe(1);
		// FAULTS.md D7 has two seconds: it waits for nothing, and machines are slow to start it.
		expect(tookMs).toBeLessThan(Math.max(6_000, 8 * help.tookMs));
		// It names who has the directory, where the system tells.
		if (process.platform === "linux") expect(stderr).toContain(`(process ${weft.pid})`);
		expect(stderr).toMatch(/another|other/);
		expect(stderr).toContain(weft.dataDir);
		expect(stderr.trim().split("\n")).toHaveLength(1);
		expect((await fetch(`${weft.url}/healthz`)).status).toBe(200);
	});

	test("refuses a port that is taken, in a sentence", () => {
		const env = { PORT: String(weft.port), HOST: "127.0.0.1", WEFT_DATA: `${weft.dataDir}/other` };
		const { status, stderr } = second([], env);
		expect(status).toBe(1);
		expect(stderr).toContain("the port is taken");
		expect(stderr.trim().split("\n")).toHaveLength(1);
	});

	test.each([
		[{ PORT: "many" }, /PORT/],
		[{ PORT: "70000" }, /PORT/],
		[{ WEFT_LIMITS: "perhaps" }, /WEFT_LIMITS/],
	])("refuses the setting %o, in a sentence", (env, sentence) => {
		const { status, stderr } = second([], { WEFT_DATA: `${weft.dataDir}/other`, ...env });
		expect(status).toBe(1);
		expect(stderr).toMatch(sentence);
		expect(stderr.trim().split("\n")).toHaveLength(1);
	});

	test("refuses an option that it does not know", () => {
		const { status, stderr } = second(["--faster"], { PORT: "0" });
		expect(status).toBe(1);
		expect(stderr).toContain("--faster");
	});

	test.each<NodeJS.Signals>(["SIGTERM", "SIGINT"])(
		"drains on %s: everything is on disk, everybody is told to come back",
		async (signal) => {
			const ann = joinStock(weft.syncUrl, "draining");
			const raw = await openRaw(`${weft.syncUrl}/draining`);
			raw.send(0, 0, 1, 0);
			await until("synced", () => ann.provider.synced);
			ann.provider.disconnect();
			ann.type("x".repeat(100_000));
			ann.provider.connect();
			await until("synced again", () => ann.provider.synced);
			for (let index = 0; index < 100; index++) ann.type(`${index},`);
			await leave(ann);
			// 0 is what it says where all is done; after five seconds it has ended with 1 (D13).
			expect(await weft.stop(signal)).toBe(0);
			expect((await raw.closed).code).toBe(1012);
			await weft.start();
			const ben = joinStock(weft.syncUrl, "draining");
			await until("all is there", () => ben.text.toString() === ann.text.toString());
			for (const client of [ann, ben]) client.leave();
		},
	);

	test("drains although somebody does not close their socket, and is told so twice", async () => {
		const raw = await openRaw(`${weft.syncUrl}/stubborn`);
		raw.send(0, 0, 1, 0);
		await until("it is in", () => raw.received.length > 0);
		raw.socket.pause();
		// Ctrl+C below npm: the terminal sends SIGINT to the server, and `npm start` passes it on.
		process.kill(weft.pid, "SIGINT");
		await sleep(200);
		expect(await weft.stop("SIGINT")).toBe(0);
		raw.socket.terminate();
	});

	test("stops although echoes and refused upgrades are held open", async () => {
		const echo = await openRaw(`ws://127.0.0.1:${weft.port}/echo`);
		const refused = connect({ port: weft.port, host: "127.0.0.1", allowHalfOpen: true });
		let answer = "";
		refused.on("data", (data) => {
			answer += data;
		});
		refused.write(
			"GET /nowhere HTTP/1.1\r\nHost: weft\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
		);
		await until("the upgrade is refused", () => answer.includes("404"));
		expect(await weft.stop()).toBe(0);
		expect((await echo.closed).code).toBe(1012);
		refused.destroy();
	});
});
