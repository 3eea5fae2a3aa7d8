/** Wraps parts of a server, so that a planted fault replaces a method or two and no more. */

/** The object, but with some of its methods replaced. Private fields stay the original's. */
export function replace<Part extends object>(part: Part, methods: Partial<Part>): Part {
	return new Proxy(part, {
		get(target, name) {
			const held: unknown = Reflect.get(name in methods ? methods : target, name, target);
			return typeof held === "function" ? held.bind(target) : held;
		},
	});
}
