/** What a hand at a grip makes of what is chosen. */
import type { Stand } from "../../../shared/surfaces/arrange/edits.ts";
import type { ItemFrame } from "../../../shared/surfaces/item-outline.ts";
import type { Point } from "../camera.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Sample } from "../tools/tool.ts";
import type { Lay } from "../words/inside.ts";
import type { Hold } from "./grips.ts";
import { areRigid, frameAround, pulled, stood, turnedBy } from "./stretch.ts";

/** With Shift it is turned to multiples of this, in degrees. */
const turnStep = 15;

/** Where a pull began. */
export interface PullStart {
	readonly hold: Hold;
	readonly from: Point;
	readonly items: readonly SceneItem[];
	readonly frame: ItemFrame;
}

/** What has become of items and frame. */
export interface PullState {
	readonly stands: ReadonlyMap<number, Stand>;
	readonly shown: ItemFrame;
}

/** See above; the hand is at `sample` now, and words would lie so in a shape. */
export function pullTo(start: PullStart, sample: Sample, lay: Lay): PullState {
	const { hold, from, items, frame } = start;
	if (hold === "turn") {
		const by = angleOf(frame, sample.at) - angleOf(frame, from);
		const to = frame.turn + by;
		const degrees = (sample.isShift ? Math.round(to / turnStep) * turnStep : to) - frame.turn;
		const shown = { ...frame, turn: frame.turn + degrees };
		return { stands: turnedBy(items, frame, degrees), shown };
	}
	const stands = pulled(items, frame, {
		grip: hold,
		by: { x: sample.at.x - from.x, y: sample.at.y - from.y },
		isEven: sample.isShift || areRigid(items, frame),
		isMiddle: sample.isAlt,
		lay,
	});
	const there = items.map((scene) => stood(scene, stands.get(scene.id)));
	return { stands, shown: frameAround(there) ?? frame };
}

function angleOf(middle: Point, at: Point): number {
	return (Math.atan2(at.y - middle.y, at.x - middle.x) * 180) / Math.PI;
}
