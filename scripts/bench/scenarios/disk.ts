/** What a document takes on the disk. */
import { join } from "node:path";
import * as Y from "yjs";
import { nodeClock } from "../../../server/node-clock.ts";
import type { LevelLog } from "../../../server/store/level-log.ts";
import { openLevelStore } from "../../../server/store/level-store.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { folderBytes } from "../drive/proc.ts";
import { documentRoom, shelved } from "../drive/shelf.ts";
import type { Stage } from "../drive/stage.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

const kib = 1024;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const name = shape.label.startsWith("board") ? "board" : "paper";
	const { folder, doc } = await shelved(stage, name, shape.rate);
	const v2Bytes = Y.encodeStateAsUpdateV2(doc).length;
	const allBytes = folderBytes(folder);
	const isWeft = stage.contestant.system.dialect === "weft";
	const parts = isWeft ? await partsIn(await stage.folder(folder)) : null;
	return {
		figures: {
			live: (parts?.liveBytes ?? Number.NaN) / v2Bytes,
			history: (parts?.historyBytes ?? Number.NaN) / v2Bytes,
			all: allBytes / v2Bytes,
			allKib: allBytes / kib,
		},
		refusal: null,
	};
}

/** What the room is now, and the history that is kept for a while: stored bytes, keys included. */
async function partsIn(dataDir: string): Promise<Awaited<ReturnType<LevelLog["sizeOf"]>>> {
	const options = {
		directory: join(dataDir, "store"),
		clock: nodeClock,
		historyMs: Number.MAX_SAFE_INTEGER,
	};
	const { log, records } = await openLevelStore({ ...options, acceptDamage: false });
	try {
		return await log.sizeOf(documentRoom as RoomName);
	} finally {
		await log.close();
		await records.close();
	}
}

function document(name: "paper" | "board", count: number): Shape {
	return {
		label: `${name}, ${count.toLocaleString("en-US")} edits`,
		count,
		rate: count,
		seconds: 0,
	};
}

/** The paper and the board. */
export const disk: Scenario = {
	name: "disk",
	title: "What a document takes on the disk",
	about:
		"Bytes of the directory after the document was sent an edit at a time, the server was " +
		"stopped when it had become quiet, started, visited and stopped again; over the bytes in " +
		"Yjs' v2 encoding. Of Weft also what of it the room is now, and the history of single " +
		"edits, which the others do not keep and Weft keeps for 30 days.",
	measures: [
		{ key: "live", label: "live state, x v2", better: "less", isContext: true },
		{ key: "history", label: "history, x v2", better: "less", isContext: true },
		{ key: "all", label: "directory, x v2", better: "less" },
		{ key: "allKib", label: "directory, KiB", better: "less", isContext: true },
	],
	shapes: [document("paper", 259_778), document("board", 10_000)],
	quickShapes: [document("paper", 2_000)],
	runSeconds: 1,
	needs: "disk",
	run,
};
