/** One finger that swipes: left and right go on, down closes. */

/** Where a swipe went; null where it went nowhere in particular. */
export type SwipeWay = "left" | "right" | "down" | null;

/** What a swipe tells. */
export interface SwipeReports {
	/** Pixels to the side while the finger is down. */
	readonly moved: (x: number) => void;
	readonly ended: (way: SwipeWay) => void;
}

/** Pixels that a finger must go to mean it. */
const swipeMin = 56;

/** Way of a finger that went that far. */
export function swipeWay(x: number, y: number): SwipeWay {
	if (Math.abs(x) >= swipeMin && Math.abs(x) > 1.5 * Math.abs(y)) return x < 0 ? "left" : "right";
	return y >= 1.5 * swipeMin && y > 1.5 * Math.abs(x) ? "down" : null;
}

/** Follows touches and pens; a mouse has buttons for that. A second finger (a pinch) ends it. */
export class Swipe {
	readonly #reports: SwipeReports;
	#start: { readonly id: number; readonly x: number; readonly y: number } | null = null;
	/** True where the last touch was no tap. */
	hasMoved = false;

	constructor(reports: SwipeReports) {
		this.#reports = reports;
	}

	readonly down = (event: PointerEvent): void => {
		this.hasMoved = false;
		if (event.pointerType === "mouse") return;
		if (this.#start !== null) {
			this.#start = null;
			this.#reports.ended(null);
			return;
		}
		this.#start = { id: event.pointerId, x: event.clientX, y: event.clientY };
	};

	readonly move = (event: PointerEvent): void => {
		if (this.#start?.id !== event.pointerId) return;
		const x = event.clientX - this.#start.x;
		if (Math.abs(x) > 8) this.hasMoved = true;
		this.#reports.moved(x);
	};

	readonly up = (event: PointerEvent): void => {
		const start = this.#start;
		if (start?.id !== event.pointerId) return;
		this.#start = null;
		const isDone = event.type === "pointerup";
		const way = isDone ? swipeWay(event.clientX - start.x, event.clientY - start.y) : null;
		this.#reports.ended(way);
	};
}
