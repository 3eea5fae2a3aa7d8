/** Recorded editing sessions: how they are read, and how they are typed again. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as Y from "yjs";
import { textOf } from "../../shared/surfaces/root.ts";
import type { Writer } from "./writer.ts";

/** Where, how many characters go, what comes. Positions count UTF-16 code units. */
export type Patch = readonly [position: number, deletedCount: number, inserted: string];

/** One edit of one person. */
export interface Edit {
	/** Who made it; 0 where there is one writer only. */
	readonly agent: number;
	/** The edits that its positions hold for, with all that these stand on. */
	readonly parents: readonly number[];
	readonly patches: readonly Patch[];
}

/** A session: who did what, and the text that came of it. */
export interface Trace {
	readonly name: string;
	readonly agentCount: number;
	readonly edits: readonly Edit[];
	readonly endContent: string;
}

interface TraceFile {
	readonly kind?: string;
	readonly numAgents?: number;
	readonly endContent: string;
	readonly txns: readonly { agent?: number; parents?: number[]; patches: Patch[] }[];
}

/** Reads a trace of github.com/josephg/editing-traces, sequential or concurrent. */
export function readTrace(name: string, path: string): Trace {
	const file = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as TraceFile;
	return {
		name,
		agentCount: file.numAgents ?? 1,
		endContent: file.endContent,
		edits: file.txns.map(({ agent = 0, parents, patches }, editIndex) => ({
			agent,
			parents: parents ?? (editIndex === 0 ? [] : [editIndex - 1]),
			patches,
		})),
	};
}

/** For every edit, how many edits of each agent its positions stand on. */
export function versionsOf(trace: Trace): readonly (readonly number[])[] {
	const after: number[][] = [];
	const made: number[] = new Array(trace.agentCount).fill(0);
	return trace.edits.map(({ agent, parents }) => {
		const version: number[] = new Array(trace.agentCount).fill(0);
		for (const parent of parents) {
			for (const [other, count] of (after[parent] ?? []).entries()) {
				version[other] = Math.max(version[other] ?? 0, count);
			}
		}
		if (version[agent] !== made[agent]) throw new Error(`${trace.name}: nobody forgets own edits`);
		made[agent] = (made[agent] ?? 0) + 1;
		after.push(version.with(agent, made[agent]));
		return version;
	});
}

/** Types one edit as one transaction. */
export function applyEdit(doc: Y.Doc, { patches }: Edit): void {
	const text = textOf(doc);
	doc.transact(() => {
		for (const [position, deletedCount, inserted] of patches) {
			if (deletedCount > 0) text.delete(position, deletedCount);
			if (inserted !== "") text.insert(position, inserted);
		}
	});
}

/** Edits that one writer may be ahead of the server's disk. */
const aheadMax = 8_192;
/** Edits in one turn of our event loop, which then lets the sockets work. */
const editsPerTurn = 128;

/**
 * Types a trace into the room that all writers are in, one writer for each agent.
 *
 * A lone writer is pipelined: each edit is a frame of its own, and none waits for the answer to the
 * one before. Where several write, an edit waits until exactly what it stands on has come to its
 * writer over the server.
 */
export async function playTrace(
	trace: Trace,
	writers: readonly Writer[],
	pace: (editIndex: number) => Promise<void> = turns,
): Promise<void> {
	const together = writers.length === 1 ? null : new Meeting(writers);
	const versions = together === null ? [] : versionsOf(trace);
	for (const [editIndex, edit] of trace.edits.entries()) {
		const writer = writers[edit.agent];
		if (writer === undefined) throw new Error(`${trace.name}: no agent ${edit.agent}`);
		await together?.meet(edit.agent, versions[editIndex] ?? []);
		applyEdit(writer.doc, edit);
		together?.made(edit.agent);
		await pace(editIndex);
		if (editIndex % editsPerTurn === 0 && together === null) await writer.saved(aheadMax);
	}
	await together?.end();
	for (const writer of writers) await writer.saved();
}

async function turns(editIndex: number): Promise<void> {
	if (editIndex % editsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
}

/** What one agent did, and what it knows of the others. */
interface Agent {
	readonly writer: Writer;
	/** A doc that is told everything directly: what the server must bring about. */
	readonly mirror: Y.Doc;
	/** Its own updates, in order, and after each edit how many frames they were. */
	readonly updates: Uint8Array[];
	readonly framesAfter: number[];
	/** How many edits of each agent it stands on. */
	readonly seen: number[];
}

/** Several writers whose edits reach each other no sooner than they did when it happened. */
class Meeting {
	readonly #agents: readonly Agent[];

	constructor(writers: readonly Writer[]) {
		this.#agents = writers.map((writer) => {
			const updates: Uint8Array[] = [];
			writer.hold();
			writer.doc.on("update", (update: Uint8Array, origin: unknown) => {
				if (origin !== writer.provider) updates.push(update);
			});
			const seen = new Array<number>(writers.length).fill(0);
			// Frames before the first edit are y-websocket's own: its answer to the server's step 1.
			return { writer, mirror: new Y.Doc(), updates, framesAfter: [writer.writtenCount], seen };
		});
	}

	/** Waits until that agent has seen exactly so many edits of each. */
	async meet(agentIndex: number, version: readonly number[]): Promise<void> {
		const agent = this.#agent(agentIndex);
		let isBehind = false;
		for (const [otherIndex, count] of version.entries()) {
			if (otherIndex === agentIndex || count <= (agent.seen[otherIndex] ?? 0)) continue;
			this.#tell(agent, otherIndex, count);
			isBehind = true;
		}
		if (isBehind) await agent.writer.until(() => isSame(agent.writer.doc, agent.mirror));
	}

	/** That agent has just edited. */
	made(agentIndex: number): void {
		const agent = this.#agent(agentIndex);
		const editIndex = agent.framesAfter.push(agent.writer.writtenCount) - 1;
		agent.seen[agentIndex] = editIndex;
		this.#mirror(agent, agentIndex, editIndex - 1, editIndex);
	}

	/** Everybody sees everything. */
	async end(): Promise<void> {
		const all = this.#agents.map((agent) => agent.framesAfter.length - 1);
		for (const agentIndex of this.#agents.keys()) await this.meet(agentIndex, all);
		for (const { mirror } of this.#agents) mirror.destroy();
	}

	#tell(agent: Agent, otherIndex: number, count: number): void {
		const other = this.#agent(otherIndex);
		other.writer.release(other.framesAfter[count] ?? 0);
		this.#mirror(agent, otherIndex, agent.seen[otherIndex] ?? 0, count);
		agent.seen[otherIndex] = count;
	}

	#mirror(agent: Agent, otherIndex: number, fromEdit: number, toEdit: number): void {
		const { framesAfter, updates } = this.#agent(otherIndex);
		const first = framesAfter[0] ?? 0;
		const from = (framesAfter[fromEdit] ?? 0) - first;
		const to = (framesAfter[toEdit] ?? 0) - first;
		agent.mirror.transact(() => {
			for (const update of updates.slice(from, to)) Y.applyUpdate(agent.mirror, update);
		});
	}

	#agent(agentIndex: number): Agent {
		const agent = this.#agents[agentIndex];
		if (agent === undefined) throw new Error(`There is no agent ${agentIndex}.`);
		return agent;
	}
}

/** State vectors do not hold deletes, so the lengths must be equal too. */
function isSame(doc: Y.Doc, mirror: Y.Doc): boolean {
	if (textOf(doc).length !== textOf(mirror).length) return false;
	return Buffer.compare(Y.encodeStateVector(doc), Y.encodeStateVector(mirror)) === 0;
}
