/** Names for people who have not chosen one: "Quiet Otter". */

const adjectives = [
	"Amber Brave Bright Calm Clever Cosy Curious Eager Fair Fleet Gentle Glad Golden Happy Jolly",
	"Keen Kind Lively Lucky Mellow Merry Mild Nimble Noble Patient Polite Quick Quiet Rapid Ready",
	"Rosy Sage Silver Snug Spry Sunny Swift Tidy True Warm Wise Witty",
]
	.join(" ")
	.split(" ");

const animals = [
	"Badger Bear Beaver Bee Bison Crane Deer Dolphin Dove Duck Eagle Falcon Ferret Finch Fox Gecko",
	"Goose Hare Hawk Hedgehog Heron Koala Lark Lynx Marten Mole Moth Newt Otter Owl Panda Penguin",
	"Pony Puffin Rabbit Raven Robin Seal Sparrow Squirrel Stork Swan Tapir Toad Turtle Vole Wren",
]
	.join(" ")
	.split(" ");

/** How many there are. */
export const friendlyNameCount = adjectives.length * animals.length;

/** One of them; `nameIndex` is a whole number from 0 on, beyond their count they begin again. */
export function friendlyName(nameIndex: number): string {
	const adjective = adjectives[nameIndex % adjectives.length] ?? "";
	const animal = animals[Math.floor(nameIndex / adjectives.length) % animals.length] ?? "";
	return `${adjective} ${animal}`;
}

/** True for a name that nobody chose, as far as one can tell. */
export function isFriendlyName(name: string): boolean {
	const [adjective = "", animal = "", number = "2", ...rest] = name.split(" ");
	const isOurs = adjectives.includes(adjective) && animals.includes(animal);
	return isOurs && rest.length === 0 && /^\d+$/.test(number);
}
