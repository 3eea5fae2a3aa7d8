/** How a command ends: with its status, or with a sentence and 2 where it could not do its work. */

/** Ends this process as `main` does. */
export function endWith(name: string, main: Promise<number>): void {
	main.then(
		(status) => process.exit(status),
		(error: unknown) => {
			process.stderr.write(`${name}: ${wordsOf(error)}\n`);
			process.exit(2);
		},
	);
}

/** What we throw is a sentence; what the language throws is a fault of ours: where it is, helps. */
function wordsOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const isSentence = error.name === "Error" || error.name === "OptionError";
	return isSentence ? error.message : (error.stack ?? error.message);
}
