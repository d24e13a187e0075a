"""One module a screen: from answers to a page that answers first and proves second."""
