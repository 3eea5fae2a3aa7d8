/** Directories that hold a document, made once for each server and copied for each run. */
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type * as Y from "yjs";
import type { ServerProcess } from "../../converge/systems/system.ts";
import {
	type DocumentName,
	fill,
	isSameDoc,
	keepState,
	keptState,
	makeDocument,
} from "../people/documents.ts";
import { lookAround } from "../people/newcomer.ts";
import { spentMs, used } from "./proc.ts";
import type { Stage } from "./stage.ts";

/** The room that the document is in. */
export const documentRoom = "document";

/** How long a first visit may take. */
const visitMsMax = 120_000;
/** A server that uses less than this of a core has done what it had to do. */
const quietShareMax = 0.05;
const quietEveryMs = 1_000;
const quietMsMax = 10 * 60 * 1000;

/** A directory with a document in it. */
export interface Shelved {
	/** Not to be written to: copy it. */
	readonly folder: string;
	readonly doc: Y.Doc;
}

/** The directory that this stage's server made of a document of so many edits. */
export async function shelved(
	stage: Stage,
	name: DocumentName,
	editCount: number,
): Promise<Shelved> {
	const shelf = stage.shelf(`${name}-${editCount}`);
	const folder = join(shelf, "data");
	const state = join(shelf, "state.bin");
	if (!existsSync(folder)) {
		const made = makeDocument(name, editCount, stage.dataDir);
		const draft = await stage.folder();
		await during(stage, draft, (server) => fill(server, documentRoom, made));
		await during(stage, draft, (server) => visit(server, made.doc));
		await mkdir(dirname(state), { recursive: true });
		keepState(state, made);
		await rename(draft, folder);
	}
	return { folder, doc: keptState(state) };
}

/** A server runs for this, and until it has nothing more to do, and is stopped. */
async function during(
	stage: Stage,
	folder: string,
	work: (server: ServerProcess) => Promise<void>,
): Promise<void> {
	const server = await stage.serve(folder);
	await work(server);
	await becomeQuiet(server.pid);
	await server.stop();
}

/** Somebody looks at the document once more: the reference tidies up when one is opened. */
async function visit(server: ServerProcess, doc: Y.Doc): Promise<void> {
	const seen = await lookAround(server, documentRoom, (now) => isSameDoc(now, doc), visitMsMax);
	if (!isSameDoc(seen, doc)) throw new Error("the document was not there after a restart");
}

/** Waits until a server does nothing any more, or it is clear that it always will. */
export async function becomeQuiet(pid: number | null): Promise<void> {
	if (pid === null) return;
	const untilMs = performance.now() + quietMsMax;
	for (let before = used(pid); performance.now() < untilMs; ) {
		await new Promise((resolve) => setTimeout(resolve, quietEveryMs));
		const now = used(pid);
		// Where nothing is known of it, a second must do.
		if (!(spentMs(before, now) > quietShareMax * quietEveryMs)) return;
		before = now;
	}
}
