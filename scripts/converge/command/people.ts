/** Who takes part in runs for real, as the command line asks for it. */
import { castOf } from "../person/cast.ts";
import type { PlayOptions } from "../real/play.ts";
import { ChromiumScreens } from "../screen/screens.ts";
import { OptionError, type Options } from "./options.ts";

/** The part of a run's options that says who takes part. */
export type People = Pick<PlayOptions, "makePerson" | "screens">;

/**
 * Plays with these people; a browser is open meanwhile where somebody sits at one.
 *
 * @throws OptionError where there is no browser
 */
export async function withPeople<T>(
	{ clients, browserCount }: Pick<Options, "clients" | "browserCount">,
	play: (people: People) => Promise<T>,
): Promise<T> {
	const makePerson = castOf(clients);
	if (browserCount === 0) return play({ makePerson });
	const screens = await launch(browserCount);
	try {
		return await play({ makePerson, screens });
	} finally {
		await screens.close();
	}
}

async function launch(count: number): Promise<ChromiumScreens> {
	try {
		return await ChromiumScreens.launch(count);
	} catch (error) {
		const sentence = error instanceof Error ? error.message : String(error);
		throw new OptionError(`--browsers: ${sentence}`, { cause: error });
	}
}
