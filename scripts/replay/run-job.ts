/** One job from an empty data directory to the comparison after the server was killed. */
import { performance } from "node:perf_hooks";
import * as Y from "yjs";
import { textOf } from "../../shared/surfaces/root.ts";
import type { Eyes } from "./browser.ts";
import { contentsOf, differences } from "./contents.ts";
import type { Job, Played } from "./jobs.ts";
import { bytesOnDisk, makeDataDir, startServer } from "./server.ts";
import { join } from "./writer.ts";

/** One row of the table. */
export interface Row {
	readonly name: string;
	readonly editCount: number;
	readonly playedMs: number;
	/** Over all writers' sockets: to the server, and from it. */
	readonly sentBytes: number;
	readonly receivedBytes: number;
	readonly diskBytes: number;
	/** `diskBytes` over the size of the doc in Yjs' v2 encoding; null where photos lie beside it. */
	readonly diskRatio: number | null;
	/** From opening the socket to "synced", on a server that has just started. */
	readonly joinMs: number;
	/** From opening the page until the browser showed everything; null where there is none. */
	readonly shownMs: number | null;
	readonly note: string;
	/** What differs; nothing where all is equal. */
	readonly problems: readonly string[];
}

/**
 * Plays a job, kills the server, starts it again, and compares what a newcomer and a real browser
 * see with what the writers had.
 */
export async function runJob(job: Job, eyes: Eyes | null): Promise<Row> {
	const room = `replay-${job.name.replaceAll(" ", "-")}`;
	const dataDir = await makeDataDir();
	try {
		const before = await playJob(job, room, dataDir.path);
		const after = await lookAgain(job, { room, dataDir: dataDir.path, before, eyes });
		const { played, encodedBytes, expected, expectedText, ...figures } = before;
		const diskBytes = await bytesOnDisk(dataDir.path);
		return {
			...figures,
			name: job.name,
			editCount: played.editCount,
			note: played.note,
			diskBytes,
			diskRatio: played.hasBlobs ? null : diskBytes / encodedBytes,
			joinMs: after.joinMs,
			shownMs: after.shownMs,
			problems: [...played.problems, ...after.problems],
		};
	} finally {
		await dataDir.drop();
	}
}

type Before = Awaited<ReturnType<typeof playJob>>;

async function playJob(job: Job, room: string, dataDir: string) {
	const server = await startServer(dataDir);
	try {
		const startMs = performance.now();
		const played = await job.play({ url: server.url, room });
		const playedMs = performance.now() - startMs;
		const [{ doc }] = played.writers;
		const before = {
			played,
			playedMs,
			expected: contentsOf(doc),
			expectedText: textOf(doc).toString(),
			encodedBytes: Y.encodeStateAsUpdateV2(doc).length,
			...trafficOf(played),
		};
		for (const writer of played.writers) writer.close();
		return before;
	} finally {
		await server.kill();
	}
}

function trafficOf({ writers }: Played) {
	const traffic = writers.map((writer) => writer.traffic());
	return {
		sentBytes: traffic.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
		receivedBytes: traffic.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
	};
}

interface Again {
	readonly room: string;
	readonly dataDir: string;
	readonly before: Before;
	readonly eyes: Eyes | null;
}

async function lookAgain(job: Job, { room, dataDir, before, eyes }: Again) {
	const server = await startServer(dataDir);
	const { url } = server;
	let exitCode: number | null = 0;
	const problems: string[] = [];
	let joinMs = 0;
	let shownMs: number | null = null;
	try {
		const startMs = performance.now();
		const newcomer = await join({ url, room });
		joinMs = performance.now() - startMs;
		problems.push(...differences(before.expected, contentsOf(newcomer.doc)));
		newcomer.close();
		problems.push(...((await before.played.recheck?.(url)) ?? []));
		if (eyes !== null) {
			const seen = await eyes.look({ url, room, page: job.page }, before);
			shownMs = seen.shownMs;
			problems.push(...seen.problems);
		}
	} finally {
		exitCode = await server.stop();
	}
	if (exitCode !== 0) problems.push(`the server stopped with exit code ${exitCode}`);
	return { joinMs, shownMs, problems };
}
