/**
 * `npm run fuzz -- [mutants] [seed]`: damaged updates against the inspector of a guarded room.
 * `npm run fuzz -- frames [mutants] [seed]`: damaged frames against a server process.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silenceYjs } from "./converge/crew/quiet.ts";
import { weft } from "./converge/systems/weft.ts";
import { fuzzFrames } from "./fuzz/frames.ts";
import { fuzz } from "./fuzz/run.ts";

const given = process.argv.slice(2);
const isOfFrames = given[0] === "frames";
const [mutantCount = 1_000_000, seed = 1] = given.slice(isOfFrames ? 1 : 0).map(Number);
if (!Number.isSafeInteger(mutantCount) || !Number.isSafeInteger(seed)) {
	process.stderr.write("fuzz: how many mutants, and a seed, as whole numbers\n");
	process.exit(2);
}
const findings = isOfFrames ? await tryFrames() : tryUpdates();
process.exitCode = findings.length === 0 ? 0 : 1;

function tryUpdates(): readonly string[] {
	silenceYjs();
	const { counts, findings: found, slowestMs } = fuzz(seed, mutantCount, tell);
	say(counts, [...found, `slowest: ${slowestMs.toFixed(1)} ms, ${found.length} findings`]);
	return found;
}

async function tryFrames(): Promise<readonly string[]> {
	const directory = await mkdtemp(join(tmpdir(), "weft-fuzz-"));
	const env = { WEFT_LIMITS: "off", WEFT_WARM_UP: "off" };
	const server = await weft({ env }).start(directory, 0);
	try {
		const outcome = await fuzzFrames(server.port, { seed, mutantCount }, tell);
		const found = [...outcome.findings, ...server.complaints];
		say(outcome.counts, [...found, `${found.length} findings`]);
		return found;
	} finally {
		await server.kill();
		await rm(directory, { recursive: true });
	}
}

function tell(doneCount: number): void {
	if (doneCount % 100_000 === 0) process.stderr.write(`${doneCount} of ${mutantCount}\n`);
}

function say(counts: Readonly<Record<string, number>>, words: readonly string[]): void {
	const lines = Object.entries(counts).map(([verdict, count]) => `${verdict}: ${count}`);
	for (const line of [...lines, ...words]) process.stdout.write(`${line}\n`);
}
