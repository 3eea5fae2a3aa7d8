/** An arrow that stays on things, moved by its body. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { putEnd } from "../../../../shared/surfaces/arrange/joins.ts";
import { placeOf } from "../../../../shared/surfaces/arrange/places.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { itemBounds, itemOutline } from "../../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { addShape, type Shape } from "../../../../shared/surfaces/shapes.ts";
import { Acts } from "../../../../web/board/choose/acts.ts";
import { rides } from "../../../../web/board/choose/away.ts";
import { Chosen } from "../../../../web/board/choose/chosen.ts";
import { Scene } from "../../../../web/board/scene.ts";
import { Follower } from "../../../../web/board/shapes/follow.ts";
import { UndoSteps } from "../../../../web/board/tools/undo.ts";

const middle = { across: 0.5, down: 0.5 };

/** Two boxes of 100 by 100, 400 apart, and a line between their middles. */
function between() {
	const doc = new Y.Doc();
	const board = strokesOf(doc);
	const shape = (kind: Shape["kind"], points: Shape["points"]) =>
		addShape(board, { kind, color: 0, width: 0, look: plainLook, points });
	doc.transact(() => {
		const [left, right] = [
			shape("rectangle", [0, 0, 100, 100]),
			shape("rectangle", [400, 0, 500, 100]),
		];
		const line = shape("line", [50, 50, 450, 50]);
		putEnd(line, 0, { at: { x: 50, y: 50 }, on: { entry: left, ...middle } });
		putEnd(line, 1, { at: { x: 450, y: 50 }, on: { entry: right, ...middle } });
	});
	const scene = new Scene(board, () => undefined);
	scene.measure({ boundsOf: itemBounds, placeOf, joiner: new Follower(board, scene) });
	const undo = new UndoSteps(board, () => undefined);
	const chosen = new Chosen(scene, () => undefined);
	const acts = new Acts({
		board,
		scene,
		chosen,
		act: (run) => undo.act(run),
		began: () => undo.begin(),
		say: () => undefined,
	});
	const at = (index: number) => scene.itemOf(board.get(index));
	return {
		acts,
		undo,
		choose: (...indexes: number[]) => chosen.set(indexes.flatMap((index) => at(index)?.id ?? [])),
		rides: () => {
			const line = at(2);
			return line !== null && rides(line, chosen.ids);
		},
		/** Both ends as they are seen. */
		ends: () => {
			const line = at(2);
			return line === null ? [] : [...itemOutline(line.item)].map(Math.round);
		},
		joins: () => at(2)?.joins?.map((id) => id !== null),
		doc,
	};
}

const seen = [107, 50, 394, 50];

test("comes away from both and goes as a whole, and one undo puts it back", () => {
	const { acts, undo, choose, ends, joins, rides } = between();
	expect(ends()).toEqual(seen);
	choose(2);
	expect(rides()).toBe(true);
	acts.move({ x: 10, y: 200 });
	expect([ends(), joins()]).toEqual([
		[117, 250, 404, 250],
		[false, false],
	]);
	undo.undo();
	expect([ends(), joins()]).toEqual([seen, [true, true]]);
	undo.redo();
	expect(ends()).toEqual([117, 250, 404, 250]);
});

test("moved with both of its things it stays on them", () => {
	const { acts, choose, ends, joins, rides } = between();
	choose(0, 1, 2);
	expect(rides()).toBe(true);
	acts.move({ x: 0, y: 100 });
	expect([ends(), joins()]).toEqual([
		[107, 150, 394, 150],
		[true, true],
	]);
});

test("moved with one of them it stays on both, and does not go where the hand goes", () => {
	const { acts, choose, ends, joins, rides } = between();
	choose(0, 2);
	expect(rides()).toBe(false);
	acts.move({ x: -100, y: 0 });
	expect([ends(), joins()]).toEqual([
		[7, 50, 394, 50],
		[true, true],
	]);
});

test("what was never meant puts it back as it was", () => {
	const { acts, choose, doc, ends, joins } = between();
	choose(2);
	let putBack: (() => void) | null = null;
	doc.transact(() => {
		putBack = acts.carry({ x: 0, y: 70 });
	});
	doc.transact(() => {
		expect(acts.carry({ x: 0, y: -70 })).toBeNull();
		putBack?.();
	});
	expect([ends(), joins()]).toEqual([seen, [true, true]]);
});
