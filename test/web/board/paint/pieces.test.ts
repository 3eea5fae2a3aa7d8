/** What is left of a stroke looks as it did, and is nowhere where the eraser was. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { encodeGaps, joinGaps } from "../../../../shared/surfaces/arrange/gaps.ts";
import { addStroke, type BoardItem, readItem } from "../../../../shared/surfaces/board.ts";
import type { Stroke } from "../../../../shared/surfaces/stroke-codec.ts";
import { sweptGaps } from "../../../../web/board/erase/swept.ts";
import { denseLine } from "../../../../web/board/paint/dense-line.ts";
import { piecesPainter, tracePieces } from "../../../../web/board/paint/pieces.ts";
import { lineOf, traceItem } from "../../../../web/board/paint/stroke-path.ts";

/** Takes a path, and has its corners, each closed line apart. */
class Corners {
	readonly lines: number[][] = [];
	moveTo(x: number, y: number): void {
		this.lines.push([x, y]);
	}
	lineTo(x: number, y: number): void {
		this.lines.at(-1)?.push(x, y);
	}
	quadraticCurveTo(...[, , x, y]: [number, number, number, number]): void {
		this.lineTo(x, y);
	}
	closePath(): void {
		const [x = 0, y = 0] = this.lines.at(-1) ?? [];
		this.lineTo(x, y);
	}
}

function strokeItem(more: Partial<Stroke>, gaps: readonly number[] = []): BoardItem {
	const plain = { kind: "pen", color: 0, width: 2, pressures: null, times: null } as const;
	const board = new Y.Doc().getArray<unknown>("strokes");
	const item = readItem(addStroke(board, { ...plain, points: new Float64Array(), ...more }));
	if (item === null) throw new Error("no item");
	return gaps.length === 0 ? item : { ...item, gaps: [encodeGaps(gaps)] };
}

function corners(item: BoardItem, trace: typeof traceItem): number[][] {
	const path = new Corners();
	trace(item, path);
	return path.lines;
}

/** As a canvas fills it: the line goes around the point more often one way than the other. */
function isFilled(line: readonly number[], { x, y }: { x: number; y: number }): boolean {
	let turns = 0;
	for (let index = 2; index < line.length; index += 2) {
		const [fromX = 0, fromY = 0, toX = 0, toY = 0] = line.slice(index - 2, index + 2);
		const side = (toX - fromX) * (y - fromY) - (x - fromX) * (toY - fromY);
		if (fromY <= y && toY > y && side > 0) turns++;
		if (fromY > y && toY <= y && side < 0) turns--;
	}
	return turns !== 0;
}

/** A hand's wave with a sharp corner in it, quick in its middle. */
const wave = Float64Array.from({ length: 120 }, (_, at) => {
	const step = at >> 1;
	if (at % 2 === 0) return step < 40 ? step * 6 + Math.sin(step) : 234 - (step - 39) * 5;
	return 60 * Math.sin(step / 7) + (step < 40 ? 0 : (step - 39) * 4);
});
const force = Float32Array.from({ length: 60 }, (_, at) => 0.5 + 0.4 * Math.sin(at / 9));

/** There and back four times, ever quicker: at each corner the hand turns round. */
const zigzag = Float64Array.from({ length: 64 }, (_, at) => {
	const step = at >> 1;
	if (at % 2 === 1) return step * (2 + step / 4);
	return step % 16 < 8 ? (step % 16) * 22 : (16 - (step % 16)) * 22;
});

const drawn = [
	["a mouse's stroke", { points: wave }],
	["a pen's with its pressure", { points: wave, pressures: force }],
	["a highlighter's", { points: wave, kind: "highlighter" }],
	["a very bold one", { points: wave, width: 3 }],
	["a zigzag's", { points: zigzag, width: 3 }],
] as const;

describe.each(drawn)("%s", (_, stroke) => {
	test("of which nothing is erased is drawn in the same places", () => {
		const whole = corners(strokeItem(stroke), traceItem);
		const same = corners(strokeItem(stroke), tracePieces);
		expect(same).toHaveLength(1);
		expect(same[0]).toHaveLength(whole[0]?.length ?? 0);
		for (const [index, at] of (whole[0] ?? []).entries())
			expect(same[0]?.[index]).toBeCloseTo(at, 3);
	});

	test("of which parts are erased is drawn inside of what it was, and not under the eraser", () => {
		const item = strokeItem(stroke);
		const way = [
			{ x: 90, y: -200 },
			{ x: 110, y: 300 },
		] as const;
		const reach = 12 + item.width / 2;
		const gaps = joinGaps(sweptGaps(denseLine(lineOf(item)), way, reach));
		const pieces = corners(strokeItem(stroke, gaps), tracePieces);
		expect(pieces.length).toBeGreaterThan(1);
		const whole = corners(item, traceItem)[0] ?? [];
		let insideCount = 0;
		let count = 0;
		for (const piece of pieces) {
			for (let index = 0; index < piece.length; index += 2) {
				const at = { x: piece[index] ?? 0, y: piece[index + 1] ?? 0 };
				const away = Math.abs((at.x - 90) * 500 - (at.y + 200) * 20) / Math.hypot(500, 20);
				// A round end is as wide as its stroke is there: half as wide again at the most.
				expect(away).toBeGreaterThan(12 - item.width * 0.25);
				count++;
				// Corners lie on the edge itself, and of a wide line it is made of few of them.
				const inwards = 0.3 + item.width * 0.08;
				const near = [-inwards, inwards].flatMap((by) => [
					{ x: at.x + by, y: at.y },
					{ x: at.x, y: at.y + by },
				]);
				if (near.some((point) => isFilled(whole, point))) insideCount++;
			}
		}
		expect(insideCount / count).toBeGreaterThan(0.98);
	});
});

test("from far away the same stretches are lines", () => {
	const path = new Corners();
	const item = strokeItem({ points: Float64Array.of(0, 0, 100, 0) }, [0.25, 0.5]);
	piecesPainter.trace(path as unknown as CanvasRenderingContext2D, item, 0.1);
	expect(path.lines).toEqual([
		[0, 0, 25, 0],
		[50, 0, 100, 0],
	]);
});
