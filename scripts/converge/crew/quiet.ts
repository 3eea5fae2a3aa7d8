/** Yjs tells on the console that it changed a client id; in a run of thousands that is noise. */
export function silenceYjs(): void {
	const { log } = console;
	console.log = (...parts: unknown[]) => {
		if (!String(parts[0]).startsWith("[yjs]")) log(...parts);
	};
}
