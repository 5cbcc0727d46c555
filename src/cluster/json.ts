/* The readers are next to the checks of single objects, which cluster/ imports. */
export * from '../objects/json';
