/* A browser that could not run the rest shows everything, one below the other. */
if (document.documentElement.className.indexOf('cb-ready') < 0) document.documentElement.className = ''
