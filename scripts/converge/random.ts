/** Chance with a seed, split into named streams: taking one out does not move the others. */

/** A number from 0 up to, but without, 1. */
export type Random = () => number;

/** The stream of that name; the same seed and name always give the same numbers. */
export type Streams = (name: string) => Random;

/** Makes the streams of a seed. Asking twice for a name goes on where the first stopped. */
export function streamsOf(seed: number): Streams {
	const streams = new Map<string, Random>();
	return (name) => {
		const held = streams.get(name);
		if (held !== undefined) return held;
		const stream = seeded(hash(`${seed}:${name}`));
		streams.set(name, stream);
		return stream;
	};
}

/** The same numbers in every run: Tommy Ettinger's mulberry32, public domain. */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/**
 * Chance that belongs to a moment: the first draw of a millisecond is always the same, whatever was
 * drawn before. What happens beside a step that is taken out of a run keeps its luck.
 */
export function chanceOf(seed: number, name: string, elapsed: () => number): Random {
	const start = hash(`${seed}:${name}`);
	let ms = -1;
	let count = 0;
	return () => {
		const nowMs = Math.floor(elapsed());
		count = nowMs === ms ? count + 1 : 0;
		ms = nowMs;
		return seeded(start ^ Math.imul(ms, 0x9e3779b1) ^ Math.imul(count, 0x85ebca6b))();
	};
}

/** A whole number from 0 up to, but without, `limit`. */
export function below(random: Random, limit: number): number {
	return Math.floor(random() * limit);
}

/** One of a list by weight; weights need not add up to anything. */
export function weighted<Name extends string>(
	random: Random,
	weights: Readonly<Record<Name, number>>,
): Name {
	const names = Object.keys(weights) as Name[];
	const total = names.reduce((sum, name) => sum + weights[name], 0);
	let left = random() * total;
	for (const name of names) {
		left -= weights[name];
		if (left < 0) return name;
	}
	return names[names.length - 1] as Name;
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return value >>> 0;
}
