/** Opens the store of a data folder, has it looked through, and tells what was found. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeClock } from "../../server/node-clock.ts";
import { findLogDamage } from "../../server/store/format/log-check.ts";
import { Level } from "../../server/store/level.ts";
import { openLeveldown } from "../../server/store/level-binding.ts";
import { removeOrphans } from "./blobs.ts";
import { type Diagnosis, examine } from "./examine.ts";
import { type Finding, tellFinding } from "./finding.ts";
import type { Options } from "./options.ts";

/** Where words go. */
export interface Voice {
	readonly say: (text: string) => void;
	readonly progress: (line: string) => void;
}

/**
 * Does what was asked for; gives the status to end with: 0 well, 1 something is wrong.
 *
 * @throws StoreOpenError where it cannot be looked at; Error where there is no store
 */
export async function consult(options: Options, voice: Voice): Promise<number> {
	const directory = join(options.dataDir, "store");
	if (!existsSync(join(directory, "CURRENT"))) {
		throw new Error(`There is no store in ${options.dataDir}.`);
	}
	const damage = await findLogDamage(directory);
	if (damage !== null) {
		const about = `${damage.path}, byte ${damage.at}`;
		voice.say(tellFinding({ code: "log_damaged", about }));
		voice.say("1 finding: nothing else was looked at\n");
		return 1;
	}
	const level = await Level.open({
		directory,
		clock: nodeClock,
		openBinding: openLeveldown,
		probeDisk: () => Promise.resolve(),
	});
	try {
		const read = level.read.bind(level);
		const { dataDir } = options;
		const diagnosis = await examine({ dataDir, read, progress: voice.progress });
		for (const finding of diagnosis.findings) voice.say(tellFinding(finding));
		const left = options.isMending ? await mend(options, diagnosis) : diagnosis.findings;
		const mendedCount = diagnosis.findings.length - left.length;
		voice.say(summaryOf(diagnosis, left.length, mendedCount));
		return left.length === 0 ? 0 : 1;
	} finally {
		await level.close();
	}
}

/** Removes what may go; gives what is still wrong. The open store keeps servers out meanwhile. */
async function mend({ dataDir }: Options, diagnosis: Diagnosis): Promise<readonly Finding[]> {
	const { findings, orphans } = diagnosis;
	await removeOrphans(join(dataDir, "blobs"), orphans);
	if (orphans.length === 0) return findings;
	return findings.filter(({ code }) => code !== "blob_orphaned");
}

function summaryOf(diagnosis: Diagnosis, findingCount: number, mendedCount: number): string {
	const { roomCount, updateCount, photoCount, entryCount } = diagnosis;
	const seen = [
		counted(roomCount, "room"),
		counted(updateCount, "update"),
		counted(photoCount, "photo"),
		counted(entryCount, "entry", "entries"),
	].join(", ");
	const mended = mendedCount === 0 ? "" : `${counted(mendedCount, "finding")} mended, `;
	const left = findingCount === 0 ? "nothing is wrong" : counted(findingCount, "finding");
	return `${seen}: ${mended}${left}\n`;
}

function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
