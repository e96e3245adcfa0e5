/** Scheme of files that exist in the memory of a test, and the folder of the window that is made for them. */
export const VIRTUAL_SCHEME = 'tandem-virtual';
export const VIRTUAL_FOLDER = `${VIRTUAL_SCHEME}:/project`;
