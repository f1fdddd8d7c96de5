/** What a verb of the command line prints when it runs in this process: to start another costs more than all that most verbs do. */
export async function printedBy(verb: () => Promise<void>): Promise<string> {
  const { write } = process.stdout;
  let printed = '';
  process.stdout.write = (text: string | Uint8Array) => {
    printed += String(text);
    return true;
  };
  try {
    await verb();
  } finally {
    process.stdout.write = write;
  }
  return printed;
}
