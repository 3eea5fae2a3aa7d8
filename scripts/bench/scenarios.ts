/** All scenarios, in the order of tables. */
import { boardCrowd } from "./board/crowd.ts";
import { boardHand } from "./board/hand.ts";
import { boardWire } from "./board/wire.ts";
import { felt } from "./felt/felt.ts";
import { feltLoad } from "./felt/load.ts";
import { judge } from "./micro/judge.ts";
import { micro } from "./micro/micro.ts";
import { pageRemote } from "./pages/remote.ts";
import { pageTyping } from "./pages/typing.ts";
import { comeback } from "./scenarios/comeback.ts";
import { cursors } from "./scenarios/cursors.ts";
import { cycles } from "./scenarios/cycles.ts";
import { disk } from "./scenarios/disk.ts";
import { crowd, fanOut } from "./scenarios/fan-out.ts";
import { idle } from "./scenarios/idle.ts";
import { joins } from "./scenarios/joins.ts";
import { kill } from "./scenarios/kill.ts";
import { manyRooms } from "./scenarios/many-rooms.ts";
import { merges } from "./scenarios/merges.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { slowReader } from "./scenarios/slow-reader.ts";
import { storm } from "./scenarios/storm.ts";
import { stormJoiner } from "./scenarios/storm-joiner.ts";

/** All of them. */
export const scenarios: readonly Scenario[] = [
	fanOut,
	storm,
	manyRooms,
	cursors,
	idle,
	joins,
	kill,
	disk,
	crowd,
	slowReader,
	stormJoiner,
	comeback,
	cycles,
	pageTyping,
	pageRemote,
	boardHand,
	boardWire,
	boardCrowd,
	felt,
	feltLoad,
	micro,
	judge,
	merges,
];

/** Several that belong together, by one name. */
export const scenarioGroups: Readonly<Record<string, readonly string[]>> = {
	board: [boardHand.name, boardWire.name, boardCrowd.name],
	felt: [felt.name, feltLoad.name, pageTyping.name],
};

/** The one of that name. @throws Error where there is none */
export function scenarioNamed(name: string): Scenario {
	const found = scenarios.find((one) => one.name === name);
	if (found === undefined) throw new Error(`There is no scenario "${name}".`);
	return found;
}
