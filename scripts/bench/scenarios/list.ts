/** All scenarios, in the order of tables. */
import { cursors } from "./cursors.ts";
import { fanOut } from "./fan-out.ts";
import { kill } from "./kill.ts";
import { manyRooms } from "./many-rooms.ts";
import type { Scenario } from "./scenario.ts";
import { storm } from "./storm.ts";

/** All of them. */
export const scenarios: readonly Scenario[] = [fanOut, storm, manyRooms, cursors, kill];

/** The one of that name. @throws Error where there is none */
export function scenarioNamed(name: string): Scenario {
	const found = scenarios.find((one) => one.name === name);
	if (found === undefined) throw new Error(`There is no scenario "${name}".`);
	return found;
}
