int dateline_is_not_here;
