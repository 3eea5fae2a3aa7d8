import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
	openOperatorSocket,
	operatorSocketPath,
} from "../../../../server/http/operator/operator-socket.ts";

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "weft-admin-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function ask(socketPath: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const asking = request({ socketPath, path: "/here", agent: false }, (answer) => {
			answer.resume();
			resolve(answer.statusCode ?? 0);
		});
		asking.on("error", reject);
		asking.end();
	});
}

test("a folder whose path is too long for a socket has none", () => {
	expect(operatorSocketPath("/srv/weft/data")).toBe("/srv/weft/data/admin.sock");
	expect(operatorSocketPath(`/${"x".repeat(91)}`)?.length).toBe(103);
	expect(operatorSocketPath(`/${"x".repeat(92)}`)).toBeNull();
	expect(operatorSocketPath(`/${"\u00e4".repeat(50)}`)).toBeNull();
});

test("it answers its owner only, takes the place of one that a crash left, and goes", async () => {
	const path = operatorSocketPath(folder) ?? "";
	writeFileSync(path, "left behind");
	const app = new Hono();
	app.get("/here", (c) => c.text("yes"));
	const close = await openOperatorSocket(path, app);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(await ask(path)).toBe(200);
	await close();
	await close();
	await expect(ask(path)).rejects.toMatchObject({ code: "ENOENT" });
});

test("a folder that takes no socket is told of", async () => {
	await expect(openOperatorSocket(join(folder, "no", "admin.sock"), new Hono())).rejects.toThrow();
});
