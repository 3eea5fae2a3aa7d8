/** How a story calls people, and what it says of deeds and faults. */
import type { Deed, Fault, Turn } from "./plan.ts";

const names = [
	["ann", "ben", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "jim", "kit", "lee", "mia"],
	["ned", "oda", "pam", "quin", "ray", "sue", "tom", "una", "vic", "wes", "xia", "yan", "zoe"],
].flat();

/** The user at that place, of any number. */
export function userName(index: number): string {
	const name = names[index % names.length] ?? "";
	const round = Math.floor(index / names.length);
	return round === 0 ? name : name + userName(round - 1);
}

/** A page as a story calls it: a user's first has their name, later ones are tabs. */
export function pageName(name: string): string {
	if (name === "newcomer") return "somebody new";
	const [, user, count] = /^([a-z]+)(\d+)$/.exec(name) ?? [];
	if (user === undefined) return name;
	return user === "stranger" ? "a stranger" : `${user}'s tab ${Number(count) + 1}`;
}

/** Deeds that are no edits, as what follows the name, by how many pages the user has open. */
export const movements: Partial<Record<Deed, (pageCount: number) => string>> = {
	goOffline: () => "goes offline",
	goOnline: () => "goes online",
	reload: () => "reloads the page",
	secondTab: (pageCount) => (pageCount > 1 ? "closes the newest tab" : "opens a second tab"),
	killPage: () => "is gone without a word: the page was killed",
	loseDevice: () => "loses the device, and comes back with an empty one",
	leave: (pageCount) => (pageCount > 1 ? "closes all pages" : "closes the page"),
};

/** What goes wrong: `who` is a page, `for` how long where it lasts. */
export function sayFault(fault: Fault, who: string, ms: number): string {
	const name = pageName(who);
	const lasting = `for ${sayDuration(ms)}`;
	const sentences: Record<Fault, string> = {
		kill: "the server is killed",
		powerCut: "the power goes, and with it what was not synced",
		terminate: "the server is asked to stop",
		cut: `the network cuts ${name}'s connection`,
		halfOpen: `${name}'s connection hangs: nothing arrives, and nobody is told`,
		lag: `${name}'s connection becomes slow`,
		fullDisk: `the disk is full ${lasting}`,
		slowDisk: `the disk is slow ${lasting}`,
		clockJump: "the server's clock jumps",
		repeatFrame: `a stranger has ${name} send everything once more`,
		damagedUpdate: "a stranger sends a damaged update",
		pendingBomb: "a stranger sends an update that waits for one that never comes",
		stranger: "a stranger comes and goes",
		restartStorm: "the server is killed again and again",
		pause: `the server stands still ${lasting}`,
		secondProcess: "a second server is started on the same directory",
		byteFlip: "the server is killed, and a byte of its store is changed",
		oneWay: `what goes one way on ${name}'s connection is lost ${lasting}, or in turns for longer`,
		splitFrames: `${name}'s messages come in pieces`,
		slowReader: `${name} reads slowly`,
		forgedClient: `a stranger writes under ${name}'s client id`,
		forgedAwareness: `a stranger says to be ${name}`,
		chatRewrite: `a stranger rewrites the chat in ${name}'s name`,
		splitPair: "a stranger writes between the halves of a character",
		stateVectorBomb: "a stranger asks with a huge state vector",
		clientBomb: "a stranger sends an update by ten thousand clients",
		depthBomb: "a stranger sends lists in lists in lists",
		deleteBomb: "a stranger sends deletes without end",
		unknownMessage: "a stranger sends a message that nobody knows",
		badFrame: "a stranger sends a frame that is none",
		failingDisk: `the disk fails now and then ${lasting}`,
		cutAll: "the network cuts everybody's connection",
		twice: `${name}'s messages arrive twice ${lasting}`,
		flood: "a stranger sends far too much",
		roam: `${name} is in another network, and the server is not told`,
	};
	return sentences[fault];
}

/** What a stranger does who knows the schema; `who` is the page that they are after. */
export function sayHarm(turn: Turn, who: string): string {
	const name = pageName(who);
	const sentences: Partial<Record<Turn, string>> = {
		forgedAuthor: `a stranger speaks by ${name}'s id`,
		rewrittenChat: "a stranger rewrites the chat",
		stolenPhoto: "a stranger takes away somebody's photo",
		strangeRoot: "a stranger writes on a surface that no room has",
		longMessage: "a stranger says more than a message holds",
		hugePresence: "a stranger shows a huge presence",
		hugeInk: "a stranger sends ink by the bucket",
		forgedInk: `a stranger draws under ${name}'s hand`,
	};
	return sentences[turn] ?? turn;
}

/** How long something lasts. */
function sayDuration(ms: number): string {
	return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
