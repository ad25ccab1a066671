/**
 * Ends a command in silence when whoever reads its output has read enough (`tillctl ... | head`): without it Node shows an
 * exception. Any other failure of the output is thrown.
 */
export const endOnBrokenPipe = (output: NodeJS.WriteStream): void => {
	output.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
		process.exit();
	});
};
