import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { HashJob } from "../../../../server/auth/password/hash-job.ts";
import {
	createHasher,
	type Hasher,
	hashesWaitingMax,
} from "../../../../server/auth/password/hash-worker.ts";
import { usualCost } from "../../../../server/auth/password/passwords.ts";
import { cheap, hashHere } from "../../../fixtures/people/accounts.ts";
import { buildServer } from "../../blobs/built-server.ts";

const dist = join(import.meta.dirname, "../../../../dist");
const job: HashJob = { password: "correct horse", salt: new Uint8Array(16), ...cheap };

let hasher: Hasher;

beforeAll(() => {
	buildServer();
	expect(existsSync(join(dist, "server/auth/password/hash-thread.js"))).toBe(true);
});

afterEach(() => hasher.close());

test("the thread makes of a password what RFC 7914 says", async () => {
	hasher = createHasher();
	// Section 12, the second vector, whose first half is its 32 bytes.
	const vector: HashJob = {
		password: "password",
		salt: Buffer.from("NaCl"),
		cost: 1024,
		blockSize: 8,
		lanes: 16,
	};
	const wanted = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162";
	expect(Buffer.from(await hasher.hash(vector)).toString("hex")).toBe(wanted);
});

test("it hashes at the usual cost, and one letter in two spellings is one", async () => {
	hasher = createHasher();
	const dear = { ...job, ...usualCost };
	const [composed, combined] = await Promise.all([
		hasher.hash({ ...dear, password: "\u00e4" }),
		hasher.hash({ ...dear, password: "a\u0308" }),
	]);
	expect(composed).toEqual(combined);
});

test("many are hashed one after another; more than may wait are refused at once", async () => {
	hasher = createHasher();
	const all = Array.from({ length: hashesWaitingMax + 2 }, () => hasher.hash(job));
	const settled = await Promise.allSettled(all);
	expect(settled.filter(({ status }) => status === "rejected")).toHaveLength(1);
	await expect(all.at(-1)).rejects.toMatchObject({ code: "server_full" });
	expect(await all[0]).toEqual(await hashHere.hash(job));
});

test("one that cannot be hashed ends its own try only", async () => {
	hasher = createHasher();
	await expect(hasher.hash({ ...job, cost: 3 })).rejects.toMatchObject({ code: "internal" });
	expect(await hasher.hash(job)).toEqual(await hashHere.hash(job));
});

test("closed twice it hashes no more, and who waits is told", async () => {
	hasher = createHasher();
	const waiting = [hasher.hash(job), hasher.hash(job)];
	const settled = Promise.allSettled(waiting);
	await Promise.all([hasher.close(), hasher.close()]);
	for (const one of await settled) expect(one).toMatchObject({ reason: { code: "stopping" } });
	await expect(hasher.hash(job)).rejects.toMatchObject({ code: "stopping" });
});
