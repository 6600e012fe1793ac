// Composes the executable.
return 0;
