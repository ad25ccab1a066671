/**
 * Rows that fill a display to its edges: letters at the beginning, and the last column marked, so that a display that
 * scrolls, cuts off or shows another alphabet is seen at once.
 */
export const displayTestRows = (rows: number, columns: number): string[] =>
	Array.from({ length: rows }, (_, row) => {
		const text = row === 0 ? "TEST æøå ÆØÅ" : `${row + 1} 1.234,50`;
		return `${text.slice(0, columns - 1).padEnd(columns - 1)}|`;
	});
