/** One room with a crowd that watches. */
import { fanOutMeasures, playFanOut } from "./fan-out.ts";
import type { Scenario, Shape } from "./scenario.ts";

function viewers(count: number, rate: number, seconds: number): Shape {
	return { label: `${count.toLocaleString("en-US")} viewers`, count, rate, seconds };
}

/** 2,000 viewers. */
export const crowd: Scenario = {
	name: "viewers",
	title: "A crowd that watches one writer",
	about: "As with many readers, at 5 letters a second.",
	measures: fanOutMeasures,
	shapes: [viewers(2_000, 5, 10)],
	quickShapes: [viewers(100, 5, 1)],
	needs: "relay",
	run: playFanOut,
};
