/** What the judging of one update costs in a guarded room, beside applying it; no server runs. */
import * as Y from "yjs";
import { applyQuietly } from "../../../server/fold/apply-quietly.ts";
import { Guard } from "../../../server/rooms/guard/guard.ts";
import { Owners } from "../../../server/rooms/guard/owners.ts";
import type { Author } from "../../../server/rooms/guard/rules.ts";
import { holdingsOf, inspect } from "../../../server/rooms/inspect.ts";
import { readUpdate } from "../../../server/rooms/update-reader.ts";
import { type PhotoId, parseUserId } from "../../../shared/ids.ts";
import { rightsOf } from "../../../shared/roles.ts";
import { moveItems } from "../../../shared/surfaces/arrange/edits.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { say } from "../../../shared/surfaces/chat.ts";
import { addPhoto } from "../../../shared/surfaces/photos.ts";
import { chatOf, photosOf, strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import type { Stage } from "../drive/stage.ts";
import type { Finding, Scenario, Shape } from "../scenarios/scenario.ts";

type Deed = (doc: Y.Doc, index: number) => void;

const person = { id: "g_benchmark", name: "Somebody", color: "#112233" };
const author: Author = {
	userId: parseUserId(person.id) ?? fail("no user id"),
	accountName: null,
	claimer: null,
	rights: rightsOf("editor"),
	formerIds: [],
};

/** Updates of one doc; then another is begun, so that its size stays about the same. */
const updatesPerDoc = 1_000;
const pointCount = 64;

const deeds: Readonly<Record<string, Deed>> = {
	letter: (doc, index) => textOf(doc).insert(index, "e"),
	"bold word": (doc, index) =>
		textOf(doc).insert(index, "word ", index % 2 === 0 ? { bold: true } : {}),
	deletion: (doc, index) => {
		textOf(doc).insert(0, "written ahead");
		if (index > 0) textOf(doc).delete(5, 3);
	},
	message: (doc, index) => {
		const random = (size: number) => Uint8Array.from({ length: size }, () => ++index & 255);
		say(chatOf(doc), { body: "as long as people write" }, { person, at: index, random });
	},
	photo: (doc, index) => {
		const id = `photo-${String(index).padStart(10, "0")}` as PhotoId;
		const draft = { type: "image/jpeg", width: 400, height: 300, bytes: 9_999 };
		addPhoto(photosOf(doc), id, draft, { person, at: index });
	},
	stroke: (doc, index) => {
		addStroke(strokesOf(doc), strokeNumber(index));
	},
	move: (doc, index) => {
		const board = strokesOf(doc);
		const item = index === 0 ? addStroke(board, strokeNumber(index)) : board.get(0);
		moveItems(board, new Set([item]), { x: index, y: 1 });
	},
};

/** A hand's curve, another for each number. */
export function strokeNumber(index: number) {
	const points = new Float64Array(pointCount * 2);
	const pressures = new Float32Array(pointCount);
	for (let point = 0; point < pointCount; point++) {
		points[point * 2] = index + 60 * Math.cos(point / 9);
		points[point * 2 + 1] = 50 * Math.sin(point / 7) + point;
		pressures[point] = 0.5 + 0.4 * Math.sin(point / 5);
	}
	return { kind: "pen", color: 1, width: 2, points, pressures, times: null } as const;
}

/** What somebody does a thousand times, an update each. */
function updatesOf(deed: Deed): readonly Uint8Array[] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on("update", (update: Uint8Array) => updates.push(update));
	for (let index = 0; index < updatesPerDoc; index++) doc.transact(() => deed(doc, index));
	return updates;
}

interface Times {
	readonly judgedUs: number[];
	readonly appliedUs: number[];
}

/** Takes updates as a guarded room does, one by one. */
function take(updates: readonly Uint8Array[], { judgedUs, appliedUs }: Times): void {
	const doc = new Y.Doc();
	const owners = new Owners({ snapshot: null, tail: [] }, { holderOf: () => null, healed: null });
	const guard = new Guard(false);
	for (const bytes of updates) {
		applyQuietly(doc, () => {
			const startMs = performance.now();
			const update = readUpdate(bytes);
			const holdings = holdingsOf(doc);
			guard.begin("guarded");
			inspect(update, doc, holdings);
			guard.admit(update, doc, author);
			owners.admit(update, author, holdings);
			judgedUs.push((performance.now() - startMs) * 1_000);
		});
		const startMs = performance.now();
		Y.applyUpdate(doc, bytes);
		appliedUs.push((performance.now() - startMs) * 1_000);
	}
}

/** What one kind of update takes: microseconds, and the share of what applying it takes. */
export function judgedFigures(label: string, seconds: number) {
	const updates = updatesOf(deeds[label] ?? fail(`no deed ${label}`));
	take(updates, { judgedUs: [], appliedUs: [] }); // The compiler has seen it.
	const times: Times = { judgedUs: [], appliedUs: [] };
	const untilMs = performance.now() + seconds * 1_000;
	do take(updates, times);
	while (performance.now() < untilMs);
	const us = quantile(times.judgedUs, 0.5);
	const applied = quantile(times.appliedUs, 0.5);
	const slow = quantile(times.judgedUs, 0.99);
	return { us, slow, share: us / applied, applied };
}

async function run(_: Stage, { label, seconds }: Shape): Promise<Finding> {
	return { figures: judgedFigures(label, seconds), refusal: null };
}

function quantile(values: readonly number[], share: number): number {
	const ascending = values.toSorted((a, b) => a - b);
	return ascending[Math.floor(share * (ascending.length - 1))] ?? Number.NaN;
}

function fail(detail: string): never {
	throw new Error(detail);
}

function shapesFor(seconds: number): Shape[] {
	return Object.keys(deeds).map((label) => ({ label, count: 1, rate: 0, seconds }));
}

/** All kinds of updates that people send. */
export const judge: Scenario = {
	name: "judge",
	title: "Rights and schema of one update",
	about:
		"An update is read, inspected and held against rights and schema, then applied by Yjs, in a " +
		"process of its own on the clients' core. The share is the first over the second.",
	measures: [
		{ key: "us", label: "us each", better: "less" },
		{ key: "slow", label: "us each, p99", better: "less" },
		{ key: "share", label: "share of applying", better: "less" },
		{ key: "applied", label: "us applying", better: "less", isContext: true },
	],
	shapes: shapesFor(2),
	quickShapes: shapesFor(0.2),
	runSeconds: 3,
	needs: "relay",
	isAlone: true,
	run,
};
