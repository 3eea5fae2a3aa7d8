/** What is played into a room, one job after another. */
import { createHash, randomBytes } from "node:crypto";
import type { BlobId, PhotoId } from "../../shared/ids.ts";
import { mintEntryId } from "../../shared/ids.ts";
import { addStroke } from "../../shared/surfaces/board.ts";
import { say } from "../../shared/surfaces/chat.ts";
import { addPhoto, dropPlaceholder, finishPhoto } from "../../shared/surfaces/photos.ts";
import { chatOf, photosOf, strokesOf, textOf } from "../../shared/surfaces/root.ts";
import { sayText } from "./contents.ts";
import type { Material, PhotoFile } from "./material.ts";
import { playTrace, type Trace } from "./traces.ts";
import { join, type Writer } from "./writer.ts";

/** One row of the table. */
export interface Job {
	readonly name: string;
	/** Segment of the room's page on which a browser looks at the result. */
	readonly page: "document" | "board" | "chat" | "photos";
	/** Plays everything; resolves when the server has all of it on its disk. */
	play(room: Place): Promise<Played>;
}

/** Where a job is played. */
export interface Place {
	readonly url: string;
	readonly room: string;
}

/** What came of it. */
export interface Played {
	readonly editCount: number;
	/** Still in the room; all hold the same. The first one's doc is what is expected. */
	readonly writers: readonly [Writer, ...Writer[]];
	/** What is wrong already, a sentence each. */
	readonly problems: readonly string[];
	/** What else is worth telling. */
	readonly note: string;
	/** True where bytes lie beside the log, so that its size says nothing about the encoding. */
	readonly hasBlobs: boolean;
	/** Looks at what is not in the doc, on a server that was killed and started again. */
	readonly recheck?: (url: string) => Promise<string[]>;
}

/** A job for each trace, and one each for board, chat and photos. */
export function jobsOf(material: Material): Job[] {
	const jobs = material.traces.map(traceJob);
	if (material.strokes.length > 0) jobs.push(boardJob(material));
	if (material.lines.length > 0) jobs.push(chatJob(material));
	if (material.photos.length > 0) jobs.push(photoJob(material));
	return jobs;
}

function traceJob(trace: Trace): Job {
	return {
		name: trace.name,
		page: "document",
		async play(place) {
			// Ids rise with the agents: where two write at one spot, Yjs lets the smaller id go first.
			const writers = await Promise.all(
				Array.from({ length: trace.agentCount }, (_, agentIndex) =>
					join({ ...place, clientId: agentIndex + 1 }),
				),
			);
			const [first, ...others] = writers;
			if (first === undefined) throw new Error(`${trace.name}: nobody writes`);
			await playTrace(trace, writers);
			const problems = writers.flatMap(({ doc }, agentIndex) => {
				const text = textOf(doc).toString();
				if (text === trace.endContent) return [];
				return [`writer ${agentIndex + 1}: ${sayText(trace.endContent, text)}`];
			});
			return {
				editCount: trace.edits.length,
				writers: [first, ...others],
				problems,
				note: trace.agentCount > 1 ? `${trace.agentCount} writers at once` : "",
				hasBlobs: false,
			};
		},
	};
}

/** Entries in one turn of the event loop. */
const entriesPerTurn = 64;

/** Calls `add` for each in a transaction of its own; resolves when all is on the server's disk. */
async function each<T>(writer: Writer, entries: readonly T[], add: (entry: T) => void) {
	for (const [entryIndex, entry] of entries.entries()) {
		writer.doc.transact(() => add(entry));
		if (entryIndex % entriesPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	await writer.saved();
}

function boardJob({ strokes }: Material): Job {
	return {
		name: "board",
		page: "board",
		async play(place) {
			const writer = await join(place);
			await each(writer, strokes, (stroke) => addStroke(strokesOf(writer.doc), stroke));
			return {
				editCount: strokes.length,
				writers: [writer],
				problems: [],
				note: "a pen stroke each",
				hasBlobs: false,
			};
		},
	};
}

function chatJob({ lines }: Material): Job {
	return {
		name: "chat",
		page: "chat",
		async play(place) {
			const guest = await signIn(place.url);
			const writer = await join({ ...place, cookie: guest.cookie });
			await each(writer, lines, (body) =>
				say(chatOf(writer.doc), { body }, { person: guest.person, at: Date.now(), random }),
			);
			return {
				editCount: lines.length,
				writers: [writer],
				problems: [],
				note: "naughty strings",
				hasBlobs: false,
			};
		},
	};
}

const random = (size: number) => Uint8Array.from(randomBytes(size));

/** A guest of that server: who they are, and the cookie that proves it. */
export async function signIn(url: string) {
	const response = await fetch(`${url}/api/me`);
	const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]);
	const person = (await response.json()) as { id: string; name: string; color: string };
	return { person, cookie: cookie.join("; ") };
}

/** What the server answers to a photo: what it made of it, or why it did not. */
export type Answer =
	| { readonly isTaken: true; readonly blob: BlobId; readonly hash: string }
	| { readonly isTaken: false; readonly code: string };

function photoJob({ photos }: Material): Job {
	return {
		name: "photos",
		page: "photos",
		async play(place) {
			const guest = await signIn(place.url);
			const writer = await join({ ...place, cookie: guest.cookie });
			const answers: Answer[] = [];
			for (const file of photos) answers.push(await shareFile(file, { writer, guest, place }));
			await writer.saved();
			const taken = answers.filter((answer) => answer.isTaken);
			const refused = answers.filter((answer) => !answer.isTaken);
			return {
				editCount: photos.length,
				writers: [writer],
				problems: answers.flatMap((answer, photoIndex) => {
					if (answer.isTaken || answer.code.startsWith("photo_")) return [];
					return [`${photos[photoIndex]?.name}: refused for no fault of its own, ${answer.code}`];
				}),
				note: `${taken.length} shown, ${refused.length} refused in words`,
				hasBlobs: true,
				recheck: (url) => recheckBlobs({ ...place, url }, taken),
			};
		},
	};
}

/** Who shares, through which doc, and where. */
export interface Sharer {
	readonly writer: Writer;
	readonly guest: Awaited<ReturnType<typeof signIn>>;
	readonly place: Place;
}

/** Shares a file as the app does: a placeholder at once, then the bytes, then what came of them. */
export async function shareFile(
	file: PhotoFile,
	{ writer, guest, place }: Sharer,
): Promise<Answer> {
	const id = mintEntryId(random) as PhotoId;
	const entries = photosOf(writer.doc);
	const draft = { type: file.type, width: 0, height: 0, bytes: file.bytes.length };
	const author = { person: guest.person, at: Date.now() };
	writer.doc.transact(() => addPhoto(entries, id, draft, author));
	const response = await fetch(`${roomUrl(place)}/photos/${id}`, {
		method: "PUT",
		headers: { cookie: guest.cookie, "content-type": file.type },
		body: Uint8Array.from(file.bytes),
	});
	if (!response.ok) {
		writer.doc.transact(() => dropPlaceholder(entries, id));
		const { error } = (await response.json()) as { error?: { code?: string } };
		return { isTaken: false, code: error?.code ?? `status ${response.status}` };
	}
	const received = (await response.json()) as Parameters<typeof finishPhoto>[2];
	writer.doc.transact(() => finishPhoto(entries, id, received));
	return { isTaken: true, blob: received.blob, hash: await hashOf(place, received.blob) };
}

async function recheckBlobs(place: Place, taken: readonly Answer[]): Promise<string[]> {
	const problems: string[] = [];
	for (const answer of taken) {
		if (!answer.isTaken) continue;
		const hash = await hashOf(place, answer.blob);
		if (hash !== answer.hash) problems.push(`photo ${answer.blob.slice(0, 8)}: ${hash}`);
	}
	return problems;
}

/** The hash of both sizes as they are served, or the status that came in their place. */
async function hashOf(place: Place, blob: BlobId): Promise<string> {
	const hash = createHash("sha256");
	for (const size of ["full", "thumb"]) {
		const response = await fetch(`${roomUrl(place)}/blobs/${blob}/${size}`);
		if (!response.ok) return `${size} answers ${response.status}`;
		hash.update(new Uint8Array(await response.arrayBuffer()));
	}
	return hash.digest("hex");
}

function roomUrl({ url, room }: Place): string {
	return `${url}/api/rooms/${encodeURIComponent(room)}`;
}
